// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <vector>

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace lexiscope {

class ElidedLabel;

/// What a run of learning is told with: the text that it learns from, chosen by its buttons or dropped on the
/// panel; the form of its settings, or those that it runs with in words; its buttons, and how far it is.
class RunControls : public QWidget {
    Q_OBJECT
  public:
    /// How things stand. An empty corpus is the sample.
    struct State {
        QString corpus;
        bool isAtWork = false;  ///< another text cannot be chosen
        bool showsForm = true;
        QString settings;  ///< shown where not empty
        QString progress;
        bool hasFailed = false;
    };
    /// What its tooltips and its dialog say of the texts that will do.
    struct Words {
        QString choose;
        QString dialog;
    };

    RunControls(QWidget* form, const Words& words, QWidget* parent);

    /// In the line of buttons, from left to right.
    QPushButton* addButton(const QString& name, const QString& text, const QString& tip = {});
    void setState(const State& state, const Theme& theme);

    /// The text that the next run will read.
    const QString& corpus() const { return m_chosen; }
    void setCorpus(const QString& path);

  Q_SIGNALS:
    void corpusChosen(const QString& path);

  protected:
    /// For a file that is dropped on the parent.
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void choose();

    QString m_dialog;
    QString m_chosen;
    bool m_isAtWork = false;
    ElidedLabel* m_corpus;
    QPushButton* m_sample;
    QPushButton* m_choose;
    QWidget* m_form;
    QLabel* m_settings;
    QHBoxLayout* m_buttons;
    QLabel* m_progress;
};

}  // namespace lexiscope
