// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <array>
#include <cstddef>
#include <optional>

#include <QWidget>

namespace lexiscope {

/// How many words have 0, 1, … 10 of their ten neighbours in common, as bars over these numbers. The bar
/// under the pointer says its count.
class OverlapBars : public QWidget {
    Q_OBJECT
  public:
    using Counts = std::array<std::size_t, 11>;

    explicit OverlapBars(const ThemeSource& theme, QWidget* parent = nullptr);
    void setCounts(const Counts& counts);
    const Counts& counts() const { return m_counts; }
    /// The place of a bar, its height not counted; for tests.
    QRectF columnRect(int common) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    std::optional<int> commonAt(QPointF point) const;
    QString sentence(int common) const;

    const ThemeSource& m_theme;
    Counts m_counts{};
};

}  // namespace lexiscope
