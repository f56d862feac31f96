// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/token_rows.h"

#include "ui/plots/color_scale.h"
#include "ui/plots/heat_map_image.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>

namespace lexiscope {
namespace {

// At a font scale of 1.
constexpr double leastLine = 18;
constexpr double usualLine = 22;
constexpr double highestLine = 30;
constexpr double blockGap = 8;
constexpr double columnGap = 16;
constexpr double textGap = 8;
constexpr double widestChip = 132;
constexpr double chipPadding = 7;
constexpr double numbersGap = 12;
constexpr double titleLine = 20;
constexpr double leastStrip = 70;

}  // namespace

TokenRows::TokenRows(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &ThemeSource::changed, this, [this] {
        updateGeometry();
        remeasure();
    });
}

void TokenRows::setFigure(TokenRowFigure figure) {
    m_figure = std::move(figure);
    if (m_chosen && valuesAt(*m_chosen).size() <= m_chosen->dimension) {
        m_chosen.reset();
    }
    describe();
    updateGeometry();
    remeasure();
}

void TokenRows::describe() {
    if (isEmpty()) {
        setAccessibleDescription(m_figure.message);
        return;
    }
    if (m_chosen && m_readOut) {
        setAccessibleDescription(m_readOut(*m_chosen));
        return;
    }
    const std::array<QString, 2>& columns =
        m_figure.numberColumns[0].isEmpty() ? m_figure.columns : m_figure.numberColumns;
    QStringList parts{m_figure.numberTitle};
    for (const TokenRowNumber& number : m_figure.numbers) {
        parts << QStringLiteral("%1: %2 %3, %4 %5")
                     .arg(number.name, columns[0], number.values[0], columns[1], number.values[1]);
    }
    setAccessibleDescription(parts.join(QStringLiteral(". ")));
}

double TokenRows::noteHeight(double width) const {
    if (m_figure.note.isEmpty()) {
        return 0;
    }
    const QFontMetricsF metrics(m_theme.theme().textFont(12));
    const QRectF lines = metrics.boundingRect(QRectF(0, 0, width - 2 * edge, 10000),
                                              Qt::TextWordWrap | Qt::AlignLeft, m_figure.note);
    return std::ceil(lines.height() + textGap * m_theme.theme().fontScale);
}

void TokenRows::measureTokens(Measures& measures) const {
    const Theme& theme = m_theme.theme();
    const QFontMetricsF mono(theme.monoFont(12));
    const QFontMetricsF small(theme.monoFont(11));
    double id = 0;
    for (const TokenRowBlock& block : m_figure.blocks) {
        measures.lines += block.lines.size();
        for (const TokenRowLine& line : block.lines) {
            const QFontMetricsF name(tokenFont(theme.monoFont(12), line.name));
            measures.number = std::max(measures.number, small.horizontalAdvance(line.number));
            measures.chip = std::max(measures.chip, std::ceil(name.horizontalAdvance(line.name)));
            id = std::max(id, mono.horizontalAdvance(line.id));
        }
    }
    measures.number = measures.number > 0 ? std::ceil(measures.number + measures.gap) : 0;
    measures.chip = std::min(measures.chip + 2 * measures.padding, widestChip * theme.fontScale);
    measures.left = measures.number + measures.chip + (id > 0 ? measures.gap + id : 0);
}

double TokenRows::leastColumn() const {
    const Theme& theme = m_theme.theme();
    const QFontMetricsF text(theme.textFont(12));
    const QFontMetricsF number(theme.monoFont(12, QFont::Bold));
    double widest = leastStrip * theme.fontScale;
    for (const std::array<QString, 2>& titles : {m_figure.columns, m_figure.numberColumns}) {
        for (const QString& title : titles) {
            widest = std::max(widest, text.horizontalAdvance(title));
        }
    }
    for (const TokenRowNumber& line : m_figure.numbers) {
        for (const QString& value : line.values) {
            widest = std::max(widest, number.horizontalAdvance(value));
        }
    }
    return std::ceil(widest);
}

TokenRows::Measures TokenRows::measure(double width, double height) const {
    const Theme& theme = m_theme.theme();
    const double unit = theme.fontScale;
    Measures found;
    found.gap = std::ceil(textGap * unit);
    found.padding = chipPadding * unit;
    found.columnGap = std::ceil(columnGap * unit);
    found.blockGap = std::ceil(blockGap * unit);
    found.numbersGap = std::ceil(numbersGap * unit);
    found.title = std::ceil(titleLine * unit);
    measureTokens(found);
    const QFontMetricsF text(theme.textFont(12));
    const QFontMetricsF bold(theme.textFont(12, QFont::DemiBold));
    double names = bold.horizontalAdvance(m_figure.numberTitle);
    for (const TokenRowNumber& number : m_figure.numbers) {
        names = std::max(names, text.horizontalAdvance(number.name));
    }
    found.left = std::ceil(std::max(found.left, names) + 1.5 * found.gap);
    found.strip = std::max(leastColumn(), std::floor((width - found.left - found.columnGap - edge) / 2));
    const double blocks = static_cast<double>(m_figure.blocks.size());
    const double numbers = static_cast<double>(m_figure.numbers.size());
    found.fixed = 2 * edge + blocks * found.title + (blocks - 1) * found.blockGap + legendGap +
                  colorLegendHeight(theme) + noteHeight(width) +
                  (numbers > 0 ? found.numbersGap + (numbers + 1) * found.title : 0);
    const double share =
        found.lines > 0 ? std::floor((height - found.fixed) / static_cast<double>(found.lines)) : 0;
    found.line = std::clamp(share, std::ceil(leastLine * unit), std::floor(highestLine * unit));
    return found;
}

void TokenRows::remeasure() {
    m_measures = measure(width(), height());
    update();
}

void TokenRows::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    remeasure();
}

QSize TokenRows::minimumSizeHint() const {
    const double unit = m_theme.theme().fontScale;
    const double width = isEmpty() ? 160 * unit : measure(0, 0).right() + edge;
    return {static_cast<int>(std::ceil(width)), qRound(60 * unit)};
}

int TokenRows::heightForWidth(int width) const {
    if (isEmpty()) {
        return minimumSizeHint().height();
    }
    const Measures least = measure(width, 0);
    return static_cast<int>(std::ceil(least.fixed + static_cast<double>(least.lines) * least.line));
}

QSize TokenRows::sizeHint() const {
    const double unit = m_theme.theme().fontScale;
    const int wide = qRound(560 * unit);
    const double more = (usualLine - leastLine) * unit * static_cast<double>(measure(wide, 0).lines);
    return {wide, heightForWidth(wide) + static_cast<int>(more)};
}

double TokenRows::blockTop(std::size_t block) const {
    double top = edge;
    for (std::size_t i = 0; i < block; ++i) {
        top += m_measures.title + m_measures.blockGap +
               static_cast<double>(m_figure.blocks[i].lines.size()) * m_measures.line;
    }
    return top;
}

QRectF TokenRows::stripRect(std::size_t block, std::size_t line, std::size_t column) const {
    const double top = blockTop(block) + m_measures.title + static_cast<double>(line) * m_measures.line;
    return {m_measures.columnLeft(column), top + 1, m_measures.strip, m_measures.line - 2};
}

std::span<const float> TokenRows::valuesAt(const TokenRowPlace& place) const {
    if (place.block >= m_figure.blocks.size() || place.line >= m_figure.blocks[place.block].lines.size()) {
        return {};
    }
    return m_figure.blocks[place.block].lines[place.line].strips.at(place.column);
}

std::size_t TokenRows::dimensionAt(std::span<const float> values, double share, double width) const {
    const auto pixels = static_cast<std::size_t>(std::max(1.0, std::floor(width * devicePixelRatioF())));
    const auto pixel = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(pixels));
    const auto [begin, end] = coveredCells(std::min(pixel, pixels - 1), pixels, values.size());
    std::size_t largest = begin;
    for (std::size_t i = begin + 1; i < end; ++i) {
        largest = std::abs(values[i]) > std::abs(values[largest]) ? i : largest;
    }
    return largest;
}

std::optional<TokenRowPlace> TokenRows::placeAt(QPointF at) const {
    for (std::size_t block = 0; block < m_figure.blocks.size(); ++block) {
        for (std::size_t line = 0; line < m_figure.blocks[block].lines.size(); ++line) {
            for (const std::size_t column : {std::size_t(0), std::size_t(1)}) {
                TokenRowPlace place{block, line, column, 0};
                const QRectF rect = stripRect(block, line, column);
                const std::span<const float> values = valuesAt(place);
                if (!values.empty() && rect.adjusted(0, -1, 0, 1).contains(at)) {
                    place.dimension =
                        dimensionAt(values, (at.x() - rect.left()) / rect.width(), rect.width());
                    return place;
                }
            }
        }
    }
    return std::nullopt;
}

void TokenRows::choose(const std::optional<TokenRowPlace>& place) {
    if (place != m_chosen) {
        m_chosen = place;
        describe();
        update();
    }
}

void TokenRows::mouseMoveEvent(QMouseEvent* event) {
    choose(placeAt(event->position()));
}

void TokenRows::mousePressEvent(QMouseEvent* event) {
    for (std::size_t block = 0; block < m_figure.blocks.size(); ++block) {
        for (std::size_t line = 0; line < m_figure.blocks[block].lines.size(); ++line) {
            const QRectF rect = stripRect(block, line, 0);
            if (event->button() == Qt::LeftButton && event->position().y() >= rect.top() - 1 &&
                event->position().y() < rect.bottom() + 1) {
                Q_EMIT lineClicked(block, line);
            }
        }
    }
}

void TokenRows::leaveEvent(QEvent*) {
    choose(std::nullopt);
}

void TokenRows::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    choose(std::nullopt);
}

void TokenRows::step(int lines, int dimensions) {
    if (!m_chosen) {
        const TokenRowPlace first;
        choose(valuesAt(first).empty() ? std::nullopt : std::optional(first));
        return;
    }
    TokenRowPlace place = *m_chosen;
    // All lines of all blocks, one below the other; then what stands to the right.
    std::vector<std::pair<std::size_t, std::size_t>> all;
    std::ptrdiff_t at = 0;
    for (std::size_t block = 0; block < m_figure.blocks.size(); ++block) {
        for (std::size_t line = 0; line < m_figure.blocks[block].lines.size(); ++line) {
            if (!valuesAt({block, line, place.column, 0}).empty()) {
                if (block == place.block && line == place.line) {
                    at = static_cast<std::ptrdiff_t>(all.size());
                }
                all.emplace_back(block, line);
            }
        }
    }
    const auto last = static_cast<std::ptrdiff_t>(all.size()) - 1;
    const auto next = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at + lines, 0, last));
    place.block = all[next].first;
    place.line = all[next].second;
    const auto size = static_cast<long long>(valuesAt(place).size());
    long long dimension = static_cast<long long>(place.dimension) + dimensions;
    const TokenRowPlace across{place.block, place.line, 1 - place.column, 0};
    const bool goesAcross = (dimension >= size && place.column == 0) || (dimension < 0 && place.column == 1);
    if (goesAcross && !valuesAt(across).empty()) {
        dimension = place.column == 0 ? 0 : size - 1;
        place.column = across.column;
    }
    place.dimension = static_cast<std::size_t>(std::clamp(dimension, 0LL, size - 1));
    choose(place);
    Q_EMIT stepped(stripRect(place.block, place.line, place.column));
}

void TokenRows::keyPressEvent(QKeyEvent* event) {
    constexpr int far = 1 << 20;
    switch (event->key()) {
        case Qt::Key_Left:
            return step(0, -1);
        case Qt::Key_Right:
            return step(0, 1);
        case Qt::Key_Up:
            return step(-1, 0);
        case Qt::Key_Down:
            return step(1, 0);
        case Qt::Key_Home:
            return step(-far, 0);
        case Qt::Key_End:
            return step(far, 0);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_chosen) {
                Q_EMIT lineClicked(m_chosen->block, m_chosen->line);
            }
            return;
        case Qt::Key_Escape:
            if (m_chosen) {
                return choose(std::nullopt);
            }
            break;
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

}  // namespace lexiscope
