// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/session/encoded_text.h"

#include <cstddef>
#include <optional>

#include <QPointF>

namespace lexiscope {

/// Where the tokens of a text stand: in rows of one height. Lengths are logical pixels; the text outlives
/// this or the next setText().
class StripLayout {
  public:
    /// Heights from the top of the first row.
    struct Band {
        double top = 0;
        double bottom = 0;
    };

    virtual ~StripLayout() = default;

    virtual void setTheme(const Theme& theme) = 0;
    /// Null: nothing.
    virtual void setText(const EncodedText* text) = 0;
    virtual void setWidth(double width) = 0;

    virtual double rowHeight() const = 0;
    /// From the top of a row to that of the next one.
    virtual double rowPitch() const = 0;
    /// Of all rows.
    virtual double height() const = 0;
    /// Of the rows that a layout at this width would have, one at least and at most so many.
    virtual double heightAt(double width, int rows) = 0;
    /// The row that this token begins in; empty where nothing is laid out. token < that of the text.
    virtual std::optional<Band> bandOf(std::size_t token) const = 0;
    virtual std::optional<std::size_t> tokenAt(QPointF point) const = 0;
};

}  // namespace lexiscope
