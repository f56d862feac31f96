// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <functional>
#include <optional>
#include <vector>

#include <QObject>
#include <QString>

namespace lexiscope {

/// A token of a model, and where in the text it was met, if it was met there.
struct Selected {
    int slot = 0;
    Row row;
    std::optional<Position> position;
    bool operator==(const Selected&) const = default;
};

/// The one selection of the window, shared by all panels: hovered, selected and pinned tokens, and the way
/// back.
class Selection : public QObject {
    Q_OBJECT
  public:
    explicit Selection(QObject* parent = nullptr) : QObject(parent) {}

    /// Takes over what is selected and marked in the other one, but not what is hovered there. Tells nobody.
    void copy(const Selection& other);

    const std::optional<Selected>& selected() const { return m_selected; }
    const std::optional<Selected>& hovered() const { return m_hovered; }
    const std::vector<Row>& pinned() const { return m_pinned; }
    /// Rows caught by the last box, of the active slot.
    const std::vector<Row>& boxed() const { return m_boxed; }

    /// Enters the history, unless it is what is selected already.
    void select(const Selected& selected);
    /// `missing` says which token was wanted here and is not there; it is forgotten with the next selection.
    void clear(const QString& missing = {});
    const QString& missing() const { return m_missing; }
    void hover(const std::optional<Selected>& hovered);
    void togglePinned(Row row);
    void clearPinned();
    void setPinned(std::vector<Row> rows);
    void setBoxed(std::vector<Row> rows);

    /// Something has been selected at some time.
    bool hasBeenUsed() const { return !m_history.empty(); }
    bool canGoBack() const { return m_at > 1; }
    bool canGoForward() const { return m_at < m_history.size(); }
    void back();
    void forward();

    /// The rows of that slot that Back and Forward may lead to, the latest 50.
    std::vector<Row> rowsInHistory(int slot) const;

    /// Replaces what is selected without a step in the history: the same token met elsewhere, after the text,
    /// the model or the slot changed.
    void moveTo(const std::optional<Selected>& selected);
    /// Rows no longer mean what they meant in that slot: each step of the history is translated, and left out
    /// where `translate` gives nothing.
    void translateHistory(int slot, const std::function<std::optional<Row>(Row)>& translate);

  Q_SIGNALS:
    void selectedChanged();
    void hoveredChanged();
    void pinnedChanged();
    void boxedChanged();
    void historyChanged();

  private:
    void goTo(std::size_t at);

    std::optional<Selected> m_selected;
    QString m_missing;
    std::optional<Selected> m_hovered;
    std::vector<Row> m_pinned;
    std::vector<Row> m_boxed;
    std::vector<Selected> m_history;
    std::size_t m_at = 0;  // steps taken: m_history[m_at - 1] is the present one
};

}  // namespace lexiscope
