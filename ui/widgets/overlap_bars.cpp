// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/overlap_bars.h"

#include "ui/session/grouped_text.h"
#include "ui/widgets/paint.h"

#include <algorithm>

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace lexiscope {
namespace {

constexpr double gapShare = 0.16;  // of a column
constexpr double tickHeight = 18;
constexpr double widestBar = 40;

}  // namespace

OverlapBars::OverlapBars(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setObjectName(QStringLiteral("overlapBars"));
    setAccessibleName(tr("Words by overlap of their ten neighbours"));
    connect(&theme, &ThemeSource::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void OverlapBars::setCounts(const Counts& counts) {
    m_counts = counts;
    QStringList sentences;
    for (int common = 0; common < static_cast<int>(counts.size()); ++common) {
        sentences << sentence(common);
    }
    setAccessibleDescription(sentences.join(QStringLiteral("; ")));
    update();
}

QString OverlapBars::sentence(int common) const {
    return tr("%1 words have %2 of their ten nearest in common")
        .arg(groupedText(m_counts.at(static_cast<std::size_t>(common))))
        .arg(common);
}

QSize OverlapBars::sizeHint() const {
    const double scale = m_theme.theme().fontScale;
    return {qRound(260 * scale), qRound(76 * scale)};
}

QSize OverlapBars::minimumSizeHint() const {
    const double scale = m_theme.theme().fontScale;
    return {qRound(150 * scale), qRound(40 * scale)};
}

QRectF OverlapBars::columnRect(int common) const {
    const double scale = m_theme.theme().fontScale;
    const double column = std::min(width() / static_cast<double>(m_counts.size()), widestBar * scale);
    return {common * column, 0, column, height() - tickHeight * scale};
}

std::optional<int> OverlapBars::commonAt(QPointF point) const {
    for (int common = 0; common < static_cast<int>(m_counts.size()); ++common) {
        const QRectF column = columnRect(common);
        if (point.x() >= column.left() && point.x() < column.right()) {
            return common;
        }
    }
    return std::nullopt;
}

bool OverlapBars::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const std::optional<int> common = commonAt(help->pos())) {
            QToolTip::showText(help->globalPos(), sentence(*common), this, columnRect(*common).toRect());
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

void OverlapBars::paintEvent(QPaintEvent*) {
    const Theme& theme = m_theme.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const std::size_t most = std::max<std::size_t>(1, *std::max_element(m_counts.begin(), m_counts.end()));
    painter.setFont(theme.monoFont(11));
    for (int common = 0; common < static_cast<int>(m_counts.size()); ++common) {
        const QRectF column = columnRect(common);
        const double gap = column.width() * gapShare / 2;
        const std::size_t count = m_counts.at(static_cast<std::size_t>(common));
        const double share = static_cast<double>(count) / static_cast<double>(most);
        QRectF bar = column.adjusted(gap, 0, -gap, 0);
        // A bar of one pixel at least for what is there at all.
        bar.setTop(bar.bottom() - (count > 0 ? std::max(1.0, share * column.height()) : 0));
        if (count > 0) {
            paintRounded(painter, bar, std::min(2.0, bar.height() / 2),
                         blend(theme.surface, theme.shared, 0.85));
        }
        painter.setPen(theme.muted);
        painter.drawText(QRectF(column.left(), column.bottom(), column.width(), height() - column.bottom()),
                         Qt::AlignHCenter | Qt::AlignBottom, QString::number(common));
    }
}

}  // namespace lexiscope
