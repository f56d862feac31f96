// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/stage_plot.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace lexiscope {
namespace {

constexpr double stageRadius = 5;
constexpr int leastStageHeight = 110;
constexpr int leastStageWidth = 260;
constexpr int usualStageHeight = 260;
constexpr double widest = 4000;     // a line before it is broken, for what asks how long it is
constexpr float markShare = 0.16F;  // of the colour behind what has changed

QColor markOf(const Theme& theme, const QColor& color) {
    const auto mix = [](float a, float b) { return a + (b - a) * markShare; };
    return QColor::fromRgbF(mix(theme.surface.redF(), color.redF()),
                            mix(theme.surface.greenF(), color.greenF()),
                            mix(theme.surface.blueF(), color.blueF()));
}

}  // namespace

StagePlot::StagePlot(const ThemeSource& theme, QWidget* parent) : ScenePlot(theme, parent) {
    setAccessibleName(tr("The text after each stage"));
}

void StagePlot::setStages(const std::shared_ptr<const TracedText>& traced, const StageWindow& window,
                          bool dimmed) {
    m_traced = traced;
    m_window = window;
    showScene(dimmed);
    QStringList said;
    for (const StageHeading& heading : m_scene.headings()) {
        said << heading.titleText + QStringLiteral(": ") + heading.noteText;
    }
    setAccessibleDescription(said.join(QStringLiteral("; ")));
}

double StagePlot::legendHeight() const {
    const bool hasChanges =
        std::any_of(m_scene.fragments().begin(), m_scene.fragments().end(),
                    [](const StageFragment& fragment) { return fragment.kind != ChangeKind::Kept; });
    return hasChanges ? std::ceil(24 * m_theme.theme().fontScale) : std::ceil(4 * m_theme.theme().fontScale);
}

int StagePlot::contentWidth() const {
    if (!m_traced) {
        return 0;
    }
    const Theme& theme = m_theme.theme();
    const StageScene wide(*m_traced, m_window, theme, widest * theme.fontScale);
    return static_cast<int>(
        std::ceil(std::max(wide.contentWidth() + 4, StageScene::leastBesideWidth(theme))));
}

void StagePlot::relayout() {
    m_scene = m_traced ? StageScene(*m_traced, m_window, m_theme.theme(), viewport()->width()) : StageScene();
    const int all = m_traced ? static_cast<int>(std::ceil(m_scene.height() + legendHeight())) : 0;
    setBar(*verticalScrollBar(), all, viewport()->height(), scrollStep);
    updateGeometry();
    viewport()->update();
}

QRectF StagePlot::boxRect(std::size_t box) const {
    return box < m_scene.boxes().size() ? toView(m_scene.boxes()[box].rect) : QRectF();
}

const StageBox* StagePlot::boxAt(QPointF at) const {
    const QPointF place = toScene(at);
    const auto found = std::find_if(m_scene.boxes().begin(), m_scene.boxes().end(),
                                    [&](const StageBox& box) { return box.rect.contains(place); });
    return found == m_scene.boxes().end() ? nullptr : &*found;
}

const StagePiece& StagePlot::pieceOf(const StageBox& box) const {
    return m_traced->trace.stages[box.stage].pieces[box.piece];
}

QString StagePlot::readOutAt(QPointF at) const {
    if (!m_traced) {
        return {};
    }
    if (const StageBox* box = boxAt(at)) {
        const StagePiece& piece = pieceOf(*box);
        const ByteSpan& source = piece.source;
        QStringList parts;
        if (piece.token && piece.token->id) {
            parts << tr("ID %1").arg(piece.token->id->value);
        }
        parts << (source.size() == 0 ? tr("stands for no bytes of the text")
                  : source.size() == 1
                      ? tr("byte %1 of the text").arg(source.begin)
                      : tr("bytes %1 to %2 of the text").arg(source.begin).arg(source.end - 1));
        return parts.join(QStringLiteral(" · "));
    }
    const double y = toScene(at).y();
    for (std::size_t i = 0; i < m_scene.headings().size(); ++i) {
        const StageHeading& heading = m_scene.headings()[i];
        const QRectF said = heading.title.united(heading.note).united(heading.detail);
        if (said.contains(toScene(at)) && y >= heading.top && y < heading.bottom) {
            const Stage& stage = m_traced->trace.stages[i];
            return QString::fromStdString(stage.detail.empty() ? stage.name : stage.detail);
        }
    }
    return {};
}

void StagePlot::paintScene(QPainter& painter, const QRectF&) const {
    paintHeadings(painter);
    for (const StageBox& box : m_scene.boxes()) {
        paintBox(painter, box);
    }
    for (const StageFragment& fragment : m_scene.fragments()) {
        paintFragment(painter, fragment);
    }
    painter.setPen(QPen(m_theme.theme().accent, 1.2));
    painter.setBrush(Qt::NoBrush);
    for (const QRectF& mark : m_scene.marks()) {
        painter.drawRoundedRect(mark.adjusted(-1, 3, 1, -3), 3, 3);
    }
    paintLegend(painter);
}

void StagePlot::paintHeadings(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const auto write = [&painter](const QFont& font, const QColor& color, const QRectF& rect,
                                  const QString& text, Qt::Alignment alignment) {
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(rect, alignment | Qt::AlignVCenter | Qt::TextSingleLine,
                         QFontMetricsF(font).elidedText(text, Qt::ElideRight, rect.width()));
    };
    for (const StageHeading& heading : m_scene.headings()) {
        if (heading.top > 0) {
            const double y = std::round(heading.top) + 0.5;
            painter.setPen(QPen(theme.line, 1));
            painter.drawLine(QPointF(0, y), QPointF(viewport()->width(), y));
        }
        const bool isBeside = heading.note.left() != heading.title.right();
        write(StageScene::titleFont(theme), theme.text, heading.title, heading.titleText, Qt::AlignLeft);
        write(StageScene::noteFont(theme), theme.muted, heading.note, heading.noteText,
              isBeside ? Qt::AlignLeft : Qt::AlignRight);
        QRectF line = heading.detail;
        line.setHeight(line.height() /
                       static_cast<double>(std::max<qsizetype>(1, heading.detailLines.size())));
        for (const QString& text : heading.detailLines) {
            write(StageScene::numberFont(theme), theme.muted, line, text, Qt::AlignLeft);
            line.translate(0, line.height());
        }
    }
}

void StagePlot::paintBox(QPainter& painter, const StageBox& box) const {
    const Theme& theme = m_theme.theme();
    const QColor fill = box.isToken ? theme.chip(static_cast<int>(box.piece % 8)) : theme.control;
    const QPen pen = box.isSelected ? QPen(theme.accent, 1.6)
                     : box.isToken  ? QPen(Qt::NoPen)
                                    : QPen(theme.line, 1);
    painter.setPen(pen);
    painter.setBrush(fill);
    painter.drawRoundedRect(box.rect.adjusted(0.5, 0.5, -0.5, -0.5), stageRadius, stageRadius);
    if (!box.number.isEmpty()) {
        painter.setFont(StageScene::numberFont(theme));
        painter.setPen(box.isSelected ? theme.accent : theme.muted);
        painter.drawText(box.numberRect, Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip, box.number);
    }
}

void StagePlot::paintFragment(QPainter& painter, const StageFragment& fragment) const {
    const Theme& theme = m_theme.theme();
    const bool isRemoved = fragment.kind == ChangeKind::Removed;
    const QRectF& rect = fragment.rect;
    if (fragment.kind == ChangeKind::Replaced || fragment.kind == ChangeKind::Inserted) {
        const QColor color = fragment.kind == ChangeKind::Replaced ? theme.warning : theme.accent;
        const double bottom = rect.bottom() - 4;
        painter.fillRect(rect.adjusted(0, 4, 0, -4), markOf(theme, color));
        painter.setPen(fragment.kind == ChangeKind::Replaced ? QPen(color, 1.4, Qt::DotLine)
                                                             : QPen(color, 1.4));
        painter.drawLine(QPointF(rect.left(), bottom), QPointF(rect.right(), bottom));
    }
    painter.setFont(tokenFont(StageScene::textFont(theme), fragment.text));
    painter.setPen(isRemoved ? theme.muted : theme.text);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip,
                     fragment.text);
    if (isRemoved) {
        painter.setPen(QPen(theme.error, 1.3));
        const double middle = rect.center().y();
        painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle));
    }
}

void StagePlot::paintLegend(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const QFont font = StageScene::noteFont(theme);
    const QFontMetricsF metrics(font);
    const QFontMetricsF sample(StageScene::textFont(theme));
    const double width = std::ceil(sample.horizontalAdvance(QStringLiteral("abc")));
    double x = m_scene.headings().empty() ? 0 : m_scene.headings().front().title.left();
    const double top = m_scene.height() + 2;
    const std::pair<ChangeKind, QString> kinds[] = {{ChangeKind::Replaced, tr("changed")},
                                                    {ChangeKind::Inserted, tr("added")},
                                                    {ChangeKind::Removed, tr("removed")}};
    for (const auto& [kind, text] : kinds) {
        const bool isThere =
            std::any_of(m_scene.fragments().begin(), m_scene.fragments().end(),
                        [wanted = kind](const StageFragment& fragment) { return fragment.kind == wanted; });
        if (!isThere) {
            continue;
        }
        const double height = legendHeight() - 4;
        paintFragment(painter, {QRectF(x, top, width, height), QStringLiteral("abc"), kind});
        x += width + 6;
        painter.setFont(font);
        painter.setPen(theme.muted);
        const double wide = std::ceil(metrics.horizontalAdvance(text));
        painter.drawText(QRectF(x, top, wide + 2, height), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += wide + 16;
    }
}

QSize StagePlot::sizeHint() const {
    const int all =
        m_traced ? static_cast<int>(std::ceil(m_scene.height() + legendHeight())) : usualStageHeight;
    return {std::max(leastStageWidth, 480), isWhole() ? all : std::max(leastStageHeight, all)};
}

QSize StagePlot::minimumSizeHint() const {
    // Nothing scrolls in a figure, and smaller type could not be read.
    return {leastStageWidth, isWhole() && m_traced ? sizeHint().height() : leastStageHeight};
}

void StagePlot::mousePressEvent(QMouseEvent* event) {
    const StageBox* box = m_traced ? boxAt(event->position()) : nullptr;
    if (event->button() != Qt::LeftButton || box == nullptr) {
        event->ignore();
        return;
    }
    const std::vector<Token>& tokens = m_traced->trace.encoding.tokens;
    const Stage& stage = m_traced->trace.stages[box->stage];
    const StagePiece& piece = pieceOf(*box);
    if (stage.kind == StageKind::PostProcessor) {
        Q_EMIT tokenClicked(static_cast<int>(box->piece));
        return;
    }
    const auto first = std::find_if(tokens.begin(), tokens.end(), [&](const Token& token) {
        return token.source.size() > 0 && token.source.end > piece.source.begin;
    });
    if (first != tokens.end()) {
        Q_EMIT tokenClicked(static_cast<int>(first - tokens.begin()));
    }
}

void StagePlot::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        Q_EMIT tokenWanted(event->key() == Qt::Key_Left ? -1 : 1);
        return;
    }
    ScenePlot::keyPressEvent(event);
}

}  // namespace lexiscope
