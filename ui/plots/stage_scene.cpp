// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/stage_scene.h"

#include "core/base/utf8.h"
#include "ui/plots/stage_text.h"
#include "ui/plots/text_widths.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace lexiscope {
namespace {

// Pixels, at a font scale of 1.
constexpr double besideWidth = 176;  // of what stands left of the text
constexpr double leastBeside = 560;  // of all, for that
constexpr double lineHeight = 25;
constexpr double idHeight = 15;
constexpr double detailHeight = 15;  // of a line
constexpr double stageLineGap = 4;
constexpr double stageGap = 9;
constexpr double padding = 6;  // inside a box
constexpr double boxGap = 4;
constexpr std::size_t mostInARow = 16;  // characters that stay together

}  // namespace

/// Places the stages one after the other.
class StageScene::Maker {
  public:
    Maker(StageScene& scene, const TracedText& traced, const StageWindow& window, const Theme& theme,
          double width)
        : m_scene(scene),
          m_traced(traced),
          m_unit(theme.fontScale),
          m_isBeside(width >= leastBeside * theme.fontScale),
          m_left(m_isBeside ? besideWidth * theme.fontScale : 0),
          m_right(std::max(width - 2, m_left + 80)),
          m_texts(textFont(theme)),
          m_numbers(numberFont(theme)),
          m_titles(titleFont(theme)),
          m_window(window.source),
          m_selected(window.selected),
          m_hasSelection(window.selected.size() > 0),
          m_isWhole(window.source.size() == traced.encoded->text.size()) {}

    void make() {
        const std::vector<Stage>& stages = m_traced.trace.stages;
        for (std::size_t i = 0; i < stages.size(); ++i) {
            if (i > 0) {
                m_window =
                    m_isWhole ? ByteSpan{0, stages[i].text.size()} : followed(stages[i].changes, m_window);
                m_selected = followed(stages[i].changes, m_selected);
            }
            addStage(i);
        }
        m_scene.m_height = m_y;
    }

  private:
    bool tellsText(std::size_t i) const {
        const Stage& stage = m_traced.trace.stages[i];
        switch (stage.kind) {
            case StageKind::Added:
                return takenOut(stage) > (i == 0 ? 0 : takenOut(m_traced.trace.stages[i - 1]));
            case StageKind::Normalizer:
                return changesIn(stage) > 0;
            case StageKind::PreTokenizer:
                return changesIn(stage) > 0 ||
                       stage.pieces.size() != m_traced.trace.stages[i - 1].pieces.size();
            default:
                return true;
        }
    }

    void addStage(std::size_t i) {
        const Stage& stage = m_traced.trace.stages[i];
        StageHeading heading;
        heading.titleText = stageTitle(stage);
        heading.noteText = stageNote(stage);
        heading.top = m_y;
        m_y += i == 0 ? 2 : stageGap * m_unit;
        const double tall = 17 * m_unit;
        const double top = m_y;
        double below = top;
        if (m_isBeside) {
            heading.title = QRectF(0, top + 4 * m_unit, m_left - 14, tall);
            heading.note = heading.title.translated(0, tall);
            below = heading.note.bottom();
        } else {
            const double share = std::min(m_titles.of(heading.titleText) + 10, m_right * 0.6);
            heading.title = QRectF(0, top, share, tall);
            heading.note = QRectF(share, top, m_right - share, tall);
            m_y = below = heading.title.bottom() + 2;
        }
        if (tellsText(i)) {
            addDetail(stage, heading);
            addText(i);
        } else if (m_isBeside) {
            m_y = top;
            heading.note = QRectF(m_left, heading.title.top(), m_right - m_left, tall);
            below = heading.note.bottom();
        }
        m_y = std::max(m_y, below) + stageGap * m_unit;
        heading.bottom = m_y;
        m_scene.m_headings.push_back(heading);
    }

    void addDetail(const Stage& stage, StageHeading& heading) {
        const QString detail = QString::fromStdString(stage.detail);
        if (!standsInTitle(detail)) {
            // A pattern has no words to break a line between.
            const double room = m_right - m_left;
            const auto columns =
                std::max<qsizetype>(1, static_cast<qsizetype>(room / m_numbers.of(QStringLiteral("0"))));
            for (qsizetype begin = 0; begin < detail.size(); begin += columns) {
                heading.detailLines << detail.mid(begin, columns);
                heading.detailWidth =
                    std::max(heading.detailWidth, m_numbers.of(heading.detailLines.back()) + 1);
            }
            const auto lines = static_cast<double>(heading.detailLines.size());
            heading.detail = QRectF(m_left, m_y + 3 * m_unit, room, detailHeight * lines * m_unit);
            m_y = heading.detail.bottom() + 2 * m_unit;
        }
    }

    /// A stretch of the text on its way to become fragments.
    struct Part {
        std::string_view text;
        ChangeKind kind = ChangeKind::Kept;
        ByteSpan span;  // of the stage's text; empty for what was removed
    };

    void addText(std::size_t i) {
        const Stage& stage = m_traced.trace.stages[i];
        m_x = m_left;
        // Pieces are told from plain text once there are several, or they are tokens.
        m_isBoxed = stage.kind != StageKind::Source && stage.kind != StageKind::Normalizer;
        m_hasNumbers = false;
        std::size_t nextChange = 0;
        if (m_window.begin > 0) {
            place(QStringLiteral("… "), ChangeKind::Kept, false);
        }
        bool isShort = false;
        for (std::size_t n = 0; n < stage.pieces.size(); ++n) {
            const StagePiece& piece = stage.pieces[n];
            const bool isEmpty = piece.span.size() == 0;
            if (isEmpty ? !m_isWhole : piece.span.end <= m_window.begin) {
                continue;
            }
            if (!isEmpty && piece.span.begin >= m_window.end) {
                isShort = true;
                break;
            }
            addPiece(i, n, nextChange);
        }
        const std::vector<TextChange>& changes = stage.changes;
        for (; i > 0 && m_isWhole && nextChange < changes.size(); ++nextChange) {
            if (changes[nextChange].kind == ChangeKind::Removed) {
                place(shown(removedText(i, changes[nextChange])), ChangeKind::Removed, false);
            }
        }
        if (isShort) {
            place(QStringLiteral(" …"), ChangeKind::Kept, false);
        }
        m_y += lineTall();
    }

    double lineTall() const { return (lineHeight + (m_hasNumbers ? idHeight : 0)) * m_unit; }

    static QString shown(std::string_view text) { return QString::fromStdString(displayText(text)); }
    std::string_view removedText(std::size_t i, const TextChange& change) const {
        return std::string_view(m_traced.trace.stages[i - 1].text)
            .substr(change.before.begin, change.before.size());
    }

    /// The parts of a piece; what was removed before it is placed at once.
    std::vector<Part> partsOf(std::size_t i, const ByteSpan& span, std::size_t& nextChange) {
        const Stage& stage = m_traced.trace.stages[i];
        const std::string_view text = stage.text;
        if (i == 0) {
            return {{text.substr(span.begin, span.size()), ChangeKind::Kept, span}};
        }
        std::vector<Part> parts;
        for (; nextChange < stage.changes.size(); ++nextChange) {
            const TextChange& change = stage.changes[nextChange];
            if (change.kind == ChangeKind::Removed) {
                if (change.after.begin >= span.end) {
                    break;
                }
                if (change.after.begin < span.begin || parts.empty()) {
                    if (change.after.begin >= m_window.begin) {
                        place(shown(removedText(i, change)), ChangeKind::Removed, false);
                    }
                } else {
                    parts.push_back({removedText(i, change), ChangeKind::Removed, {}});
                }
                continue;
            }
            if (change.after.begin >= span.end) {
                break;
            }
            const ByteSpan common{std::max(change.after.begin, span.begin),
                                  std::min(change.after.end, span.end)};
            if (common.begin < common.end) {
                parts.push_back({text.substr(common.begin, common.size()), change.kind, common});
            }
            if (change.after.end > span.end) {
                break;  // goes on in the next piece
            }
        }
        return parts;
    }

    void addPiece(std::size_t i, std::size_t n, std::size_t& nextChange) {
        const Stage& stage = m_traced.trace.stages[i];
        const StagePiece& piece = stage.pieces[n];
        const ByteSpan span{std::max(piece.span.begin, m_window.begin),
                            piece.span.size() == 0 ? piece.span.end : std::min(piece.span.end, m_window.end)};
        const std::vector<Part> parts = partsOf(i, span, nextChange);
        const bool isBox = m_isBoxed || piece.token;
        std::vector<StageFragment> fragments;
        for (const Part& part : parts) {
            cut(part, fragments);
        }
        if (parts.empty() && piece.token && piece.token->id) {
            fragments.push_back({{}, shown(m_traced.encoded->tokenizer->spelling(*piece.token->id))});
        }
        placePiece(fragments, isBox, i, n);
    }

    /// Where the selection begins and ends, behind spaces, and where a row of characters gets long.
    void cut(const Part& part, std::vector<StageFragment>& fragments) const {
        std::size_t begin = 0;
        std::size_t characters = 0;
        const auto isSelected = [&](std::size_t at) {
            const std::size_t place = part.span.begin + at;
            return m_hasSelection && part.kind != ChangeKind::Removed && place >= m_selected.begin &&
                   place < m_selected.end;
        };
        for (std::size_t at = 0; at < part.text.size();) {
            const CodePoint point = codePointAt(part.text, at);
            const std::size_t end = at + point.size;
            const bool isLast = end == part.text.size();
            ++characters;
            if (isLast || isSpace(point) || characters == mostInARow || isSelected(end) != isSelected(at)) {
                fragments.push_back(
                    {{}, shown(part.text.substr(begin, end - begin)), part.kind, isSelected(begin)});
                begin = end;
                characters = 0;
            }
            at = end;
        }
    }

    void breakLine() {
        m_x = m_left;
        m_y += lineTall() + stageLineGap * m_unit;
    }

    QRectF place(const QString& text, ChangeKind kind, bool isSelected) {
        const double width = m_texts.of(text);
        if (m_x > m_left && m_x + width > m_right) {
            breakLine();
        }
        const QRectF rect(m_x, m_y, width, lineHeight * m_unit);
        if (isSelected) {
            std::vector<QRectF>& marks = m_scene.m_marks;
            const bool goesOn = !marks.empty() && marks.back().topRight() == rect.topLeft();
            if (goesOn) {
                marks.back().setRight(rect.right());
            } else {
                marks.push_back(rect);
            }
        }
        m_scene.m_fragments.push_back({rect, text, kind, isSelected});
        m_x += width;
        return rect;
    }

    void placePiece(const std::vector<StageFragment>& fragments, bool isBox, std::size_t i, std::size_t n) {
        const std::optional<Token>& token = m_traced.trace.stages[i].pieces[n].token;
        const QString number = token && token->id ? QString::number(token->id->value) : QString();
        const double pad = isBox ? padding * m_unit : 0;
        double width = 0;
        for (const StageFragment& fragment : fragments) {
            width += m_texts.of(fragment.text);
        }
        const double idWidth = number.isEmpty() ? 0 : m_numbers.of(number) + 2;
        const double slack = std::max(0.0, idWidth - width - 2 * pad);
        const bool fits = m_x + width + 2 * pad + slack <= m_right;
        if (isBox && !fits && m_x > m_left) {
            breakLine();
        }
        m_hasNumbers = m_hasNumbers || !number.isEmpty();
        const std::size_t firstBox = m_scene.m_boxes.size();
        m_x += pad + slack / 2;
        for (const StageFragment& fragment : fragments) {
            const double line = m_y;
            const QRectF rect = place(fragment.text, fragment.kind, fragment.isSelected && !isBox);
            if (!isBox) {
                continue;
            }
            const QRectF around = rect.adjusted(-pad - slack / 2, 1, pad + slack / 2, -1);
            if (m_scene.m_boxes.size() == firstBox || line != m_y) {
                m_scene.m_boxes.push_back({around, i, n, token.has_value()});
            }
            StageBox& box = m_scene.m_boxes.back();
            box.rect |= around;
            box.isSelected = box.isSelected || fragment.isSelected;
        }
        m_x += isBox ? pad + slack / 2 + boxGap * m_unit : 0;
        if (!number.isEmpty() && m_scene.m_boxes.size() > firstBox) {
            StageBox& box = m_scene.m_boxes.back();
            box.number = number;
            box.numberRect =
                QRectF(box.rect.left(), box.rect.bottom() + 1, box.rect.width(), idHeight * m_unit);
        }
    }

    StageScene& m_scene;
    const TracedText& m_traced;
    const double m_unit;
    const bool m_isBeside;
    const double m_left;
    const double m_right;
    TextWidths m_texts;
    TextWidths m_numbers;
    TextWidths m_titles;
    ByteSpan m_window;    // of the stage's text
    ByteSpan m_selected;  // likewise
    const bool m_hasSelection;
    const bool m_isWhole;
    bool m_isBoxed = false;
    bool m_hasNumbers = false;
    double m_x = 0;
    double m_y = 0;
};

double StageScene::leastBesideWidth(const Theme& theme) {
    return leastBeside * theme.fontScale;
}

double StageScene::contentWidth() const {
    double width = 0;
    for (const StageFragment& fragment : m_fragments) {
        width = std::max(width, fragment.rect.right());
    }
    for (const StageBox& box : m_boxes) {
        width = std::max({width, box.rect.right(), box.numberRect.right()});
    }
    for (const StageHeading& heading : m_headings) {
        width = std::max(width, heading.detail.left() + heading.detailWidth);
    }
    return width;
}

QFont StageScene::titleFont(const Theme& theme) {
    return theme.textFont(12.5, QFont::DemiBold);
}

QFont StageScene::noteFont(const Theme& theme) {
    return theme.textFont(11.5);
}

QFont StageScene::textFont(const Theme& theme) {
    return theme.monoFont(12.5);
}

QFont StageScene::numberFont(const Theme& theme) {
    return theme.monoFont(10.5);
}

StageScene::StageScene(const TracedText& traced, const StageWindow& window, const Theme& theme,
                       double width) {
    Maker(*this, traced, window, theme, width).make();
}

}  // namespace lexiscope
