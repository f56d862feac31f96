// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace lexiscope {

inline constexpr double listRowHeight = 26;  ///< at a font scale of 1
inline constexpr double listRowMargin = 5;   ///< left and right of what a row shows

/// Makes it a list to choose one of, without frame or ground of its own, that scrolls by pixels and tells its
/// delegate of the row below the pointer.
inline void makePlain(QListView& list) {
    list.setUniformItemSizes(true);
    list.setMouseTracking(true);
    list.setFrameShape(QFrame::NoFrame);
    list.setEditTriggers(QListView::NoEditTriggers);
    list.setSelectionMode(QListView::SingleSelection);
    list.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list.setVerticalScrollMode(QListView::ScrollPerPixel);
    list.viewport()->setAttribute(Qt::WA_Hover);
    list.viewport()->setAutoFillBackground(false);
}

}  // namespace lexiscope
