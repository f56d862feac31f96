// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QKeyEvent>
#include <QModelIndex>
#include <QMouseEvent>
#include <QPainter>

namespace lexiscope {

/// An item view whose rows are chosen and pointed at as wholes. A click, Enter or Return activates a row; the
/// one under the pointer is hovered, also when rows move below a resting pointer.
template <typename View>
class RowView : public View {
  public:
    bool isHovered(int row) const { return row == m_hoveredRow; }
    /// Rows of something that is not current any more are shown faint.
    void setDimmed(bool dimmed) {
        if (dimmed != m_dimmed) {
            m_dimmed = dimmed;
            this->viewport()->update();
        }
    }

    void doItemsLayout() override {
        View::doItemsLayout();
        followPointer();
    }
    void reset() override {
        View::reset();
        hover(-1);  // the same row of another list is another token
    }

  protected:
    explicit RowView(QWidget* parent) : View(parent) {
        QObject::connect(this, &View::clicked, this,
                         [this](const QModelIndex& index) { tellActivated(index.row()); });
    }
    virtual void tellActivated(int row) = 0;
    /// -1: none.
    virtual void tellHovered(int row) = 0;

    void paintEvent(QPaintEvent* event) override {
        View::paintEvent(event);
        if (m_dimmed) {
            QColor veil = this->palette().color(QPalette::Base);
            veil.setAlphaF(0.55F);
            QPainter(this->viewport()).fillRect(event->rect(), veil);
        }
    }
    void mouseMoveEvent(QMouseEvent* event) override {
        View::mouseMoveEvent(event);
        m_pointer = event->pos();
        followPointer();
    }
    void leaveEvent(QEvent* event) override {
        View::leaveEvent(event);
        m_pointer.reset();
        hover(-1);
    }
    void scrollContentsBy(int dx, int dy) override {
        View::scrollContentsBy(dx, dy);
        followPointer();
    }
    void keyPressEvent(QKeyEvent* event) override {
        const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        if (enter && this->currentIndex().isValid()) {
            tellActivated(this->currentIndex().row());
        } else {
            View::keyPressEvent(event);
        }
    }

  private:
    void followPointer() {
        if (m_pointer) {
            // Beside the last column there may be some pixels left over, which are its row's too.
            hover(this->indexAt(QPoint(0, m_pointer->y())).row());
        }
    }
    void hover(int row) {
        if (row != m_hoveredRow) {
            m_hoveredRow = row;
            tellHovered(row);
        }
    }

    std::optional<QPoint> m_pointer;  // while it is over the viewport
    int m_hoveredRow = -1;
    bool m_dimmed = false;
};

}  // namespace lexiscope
