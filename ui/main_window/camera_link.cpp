// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/camera_link.h"

#include "ui/plots/view_transform.h"

namespace lexiscope {

CameraLink::CameraLink(const PanelContext& context, SpacePlot& first, SpacePlot& second, QObject* parent)
    : QObject(parent), m_context(context), m_plots{&first, &second} {
    for (const int slot : {0, 1}) {
        connect(&plot(slot), &SpacePlot::viewMoved, this, [this, slot] { lead(slot); });
    }
    connect(&context.selection, &Selection::selectedChanged, this, &CameraLink::selectionMoved);
    connect(&context.analyses, &Analyses::changed, this, [this](int, Analyses::Need need) {
        if (need == Analyses::Counterpart) {
            selectionMoved();
        }
    });
}

void CameraLink::selectionMoved() {
    const std::optional<Selected>& selected = m_context.selection.selected();
    if (!selected || selected->slot >= static_cast<int>(m_plots.size()) || plot(selected->slot).showsAll() ||
        !plot(selected->slot).isVisible()) {
        return;
    }
    m_moving = true;
    plot(selected->slot).centerOn(selected->row);
    m_moving = false;
    lead(selected->slot);
}

void CameraLink::lead(int slot) {
    const int otherSlot = 1 - slot;
    if (m_moving || !plot(otherSlot).isVisible()) {
        return;
    }
    m_moving = true;
    if (plot(slot).showsAll()) {
        plot(otherSlot).resetView();
    } else {
        const auto pointIn = [this](int which) {
            const std::optional<Row> row = m_context.analyses.selectedRow(which);
            return row ? plot(which).pointPosition(*row) : QPointF();
        };
        plot(otherSlot).setView(
            followingView(plot(slot), pointIn(slot), plot(otherSlot), pointIn(otherSlot)));
    }
    m_moving = false;
}

QRectF followingView(const SpacePlot& leader, QPointF leaderPoint, const SpacePlot& follower, QPointF point) {
    const QRectF all = leader.viewOfAll();
    const QRectF allThere = follower.viewOfAll();
    const QRectF field = leader.fieldRect();
    const QRectF fieldThere = follower.fieldRect();
    if (all.isEmpty() || allThere.isEmpty() || field.isEmpty() || fieldThere.isEmpty()) {
        return {};
    }
    const double share = leader.view().width() / all.width();
    const QSizeF size(allThere.width() * share,
                      allThere.width() * share * fieldThere.height() / fieldThere.width());
    if (leaderPoint.isNull() || point.isNull()) {
        QRectF view(QPointF(), size);
        view.moveCenter(follower.view().center());
        return view;
    }
    const QPointF place((leaderPoint.x() - field.left()) / field.width(),
                        (field.bottom() - leaderPoint.y()) / field.height());
    const QPointF data = ViewTransform(follower.view(), fieldThere).toData(point);
    return {QPointF(data.x() - place.x() * size.width(), data.y() - place.y() * size.height()), size};
}

}  // namespace lexiscope
