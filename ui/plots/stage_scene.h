// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/session/trace_analysis.h"

#include <cstddef>
#include <optional>
#include <vector>

#include <QCoreApplication>
#include <QFont>
#include <QRectF>
#include <QString>
#include <QStringList>

namespace lexiscope {

/// What is said of a stage.
struct StageHeading {
    QRectF title;
    QRectF note;
    QString titleText;
    QString noteText;  ///< "normalizer · 2 changes"
    QRectF detail;
    QStringList detailLines = {};  ///< above the text: the pattern of a cut; may be empty
    double detailWidth = 0;        ///< of the longest of them
    double top = 0;                ///< of all that belongs to the stage
    double bottom = 0;
};

/// A stretch of a stage's text, all of it kept, replaced, inserted or removed.
struct StageFragment {
    QRectF rect;
    QString text;
    ChangeKind kind = ChangeKind::Kept;
    bool isSelected = false;
};

/// A piece or token, or the part of it that stands in one line.
struct StageBox {
    QRectF rect;
    std::size_t stage = 0;
    std::size_t piece = 0;
    bool isToken = false;
    bool isSelected = false;
    QString number = {};  ///< of a token: its ID
    QRectF numberRect = {};
};

/// What a stage scene shows of a text: bytes of the source.
struct StageWindow {
    ByteSpan source;
    ByteSpan selected = {0, 0};  ///< empty: nothing is
};

/// The stages of a text below each other: at the left, or where there is little room above it, what the stage
/// is; beside it the text behind it, with what it changed marked, and its pieces as boxes once it is cut.
/// Where a stage changed nothing it is said and the text is not told again. The origin is the top left
/// corner.
class StageScene {
    Q_DECLARE_TR_FUNCTIONS(StageScene)
  public:
    StageScene() = default;
    StageScene(const TracedText& traced, const StageWindow& window, const Theme& theme, double width);

    const std::vector<StageHeading>& headings() const { return m_headings; }
    const std::vector<StageFragment>& fragments() const { return m_fragments; }
    const std::vector<StageBox>& boxes() const { return m_boxes; }
    /// Around what is selected in text that is no box.
    const std::vector<QRectF>& marks() const { return m_marks; }
    double height() const { return m_height; }
    /// Of what is in it; what runs across all of it does not count.
    double contentWidth() const;
    /// From that width on, what a stage is stands beside its text.
    static double leastBesideWidth(const Theme& theme);

    static QFont titleFont(const Theme& theme);
    static QFont noteFont(const Theme& theme);
    static QFont textFont(const Theme& theme);
    static QFont numberFont(const Theme& theme);

  private:
    class Maker;

    std::vector<StageHeading> m_headings;
    std::vector<StageFragment> m_fragments;
    std::vector<StageBox> m_boxes;
    std::vector<QRectF> m_marks;
    double m_height = 0;
};

}  // namespace lexiscope
