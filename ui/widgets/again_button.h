// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QPushButton>
#include <QRectF>

namespace lexiscope {

/// "Project again": stands where a result would be that somebody has cancelled, and only there; a click
/// begins it anew. In a layout it stands beside the message that says so; standIn() puts it below the
/// message that a plot paints in the middle of its field.
class AgainButton : public QPushButton {
    Q_OBJECT
  public:
    explicit AgainButton(const QString& text, QWidget* parent = nullptr);
    /// Becomes a child of the plot; `field` is the part of it with the message in its middle.
    void standIn(QWidget* plot, std::function<QRectF()> field);
    void offer(bool offered);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void place();

    QWidget* m_plot = nullptr;
    std::function<QRectF()> m_field;
};

}  // namespace lexiscope
