// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_controls.h"

#include "ui/session/training_run.h"
#include "ui/widgets/card.h"
#include "ui/widgets/panel_pieces.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

/// The path of the file, if it is one and on this machine.
QString fileOf(const QMimeData& data) {
    const QList<QUrl> urls = data.urls();
    return urls.size() == 1 && urls[0].isLocalFile() ? urls[0].toLocalFile() : QString();
}

}  // namespace

RunControls::RunControls(QWidget* form, const Words& words, QWidget* parent)
    : QWidget(parent),
      m_dialog(words.dialog),
      m_corpus(new ElidedLabel(this)),
      m_sample(namedButton(this, QStringLiteral("useSample"), tr("Sample"),
                           tr("Learn from the sample sentences"))),
      m_choose(namedButton(this, QStringLiteral("choose"), tr("Text…"), words.choose)),
      m_form(form),
      m_settings(wrappedLabel(this, QStringLiteral("settings"))),
      m_buttons(new QHBoxLayout),
      m_progress(wrappedLabel(this, QStringLiteral("state"))) {
    m_corpus->setObjectName(QStringLiteral("corpus"));
    m_progress->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* source = new QHBoxLayout;
    source->addWidget(m_corpus, 1);
    source->addWidget(m_sample);
    source->addWidget(m_choose);
    m_buttons->addWidget(m_progress, 1);
    m_buttons->addStretch();
    QVBoxLayout* layout = columnOf(this, partSpacing);
    layout->addLayout(source);
    // It was made before what stands above it. Where it comes in anew, the keyboard gets to it after that.
    m_form->setParent(nullptr);
    layout->addWidget(m_form);
    layout->addWidget(m_settings);
    layout->addLayout(m_buttons);
    layout->addStretch(1);
    connect(m_sample, &QPushButton::clicked, this, [this] { Q_EMIT corpusChosen({}); });
    connect(m_choose, &QPushButton::clicked, this, &RunControls::choose);
    parent->installEventFilter(this);
}

QPushButton* RunControls::addButton(const QString& name, const QString& text, const QString& tip) {
    QPushButton* button = namedButton(this, name, text, tip);
    m_buttons->insertWidget(m_buttons->indexOf(m_progress), button);
    return button;
}

void RunControls::setCorpus(const QString& path) {
    m_chosen = path;
}

void RunControls::setState(const State& state, const Theme& theme) {
    m_isAtWork = state.isAtWork;
    setLook(*m_corpus, theme.textFont(13, QFont::DemiBold), theme.text);
    m_corpus->setText(corpusName(state.corpus));
    m_corpus->setExplanation(state.corpus.isEmpty()
                                 ? tr("20,000 short sentences put together by rule, to see learning at once. "
                                      "Any plain text of some megabytes will do: choose one, or drop it here")
                                 : state.corpus);
    m_choose->setVisible(!state.isAtWork);
    m_sample->setVisible(!state.isAtWork && !m_chosen.isEmpty());
    m_form->setVisible(state.showsForm);
    setLook(*m_settings, theme.textFont(12.5), theme.muted);
    m_settings->setText(state.settings);
    m_settings->setVisible(!state.settings.isEmpty());
    setLook(*m_progress, theme.textFont(12.5), state.hasFailed ? theme.error : theme.text);
    m_progress->setText(state.progress);
    m_progress->setVisible(!state.progress.isEmpty());
}

void RunControls::choose() {
    const QString path = QFileDialog::getOpenFileName(this, m_dialog, {}, tr("Texts (*.txt);;All files (*)"));
    if (!path.isEmpty()) {
        Q_EMIT corpusChosen(path);
    }
}

bool RunControls::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::Drop) {
        return QWidget::eventFilter(watched, event);
    }
    auto* drop = static_cast<QDropEvent*>(event);
    const QString path = fileOf(*drop->mimeData());
    if (path.isEmpty() || m_isAtWork) {
        return QWidget::eventFilter(watched, event);
    }
    drop->acceptProposedAction();
    if (event->type() == QEvent::Drop) {
        Q_EMIT corpusChosen(path);
    }
    return true;
}

}  // namespace lexiscope
