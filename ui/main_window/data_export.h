// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/data_table.h"
#include "ui/panels/panel.h"
#include "ui/session/job_runner.h"
#include "ui/widgets/message_bar.h"

#include <QMenu>
#include <QObject>
#include <QString>

namespace lexiscope {

/// The way from what a panel shows to a file of its numbers: written in the background, whole or not at all,
/// and told of in the window's messages.
class DataExport : public QObject {
    Q_OBJECT
  public:
    /// `window` holds the file dialogs.
    DataExport(QWidget& window, MessageBar& messages, JobRunner& runner);

    /// Adds a menu of the panel's tables, each in the formats it has; nothing if it has none now.
    void addMenu(QMenu& menu, const QString& title, const Panel& panel);
    /// Asks for a file first.
    void save(const DataTable& table, DataFormat format);
    /// Replaces what lies there.
    void write(const DataTable& table, DataFormat format, const QString& path);

  private:
    QWidget& m_window;
    MessageBar& m_messages;
    JobRunner& m_runner;
    int m_started = 0;
};

}  // namespace lexiscope
