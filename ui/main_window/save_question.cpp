// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/save_question.h"

#include "ui/widgets/panel_pieces.h"

#include <algorithm>

#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QTimer>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr double leastState = 210;  // of what is said of each, before the scale of type

QString questionOf(LossBy by) {
    switch (by) {
        case LossBy::Closing:
            break;
        case LossBy::OtherModel:
            return SaveQuestion::tr("Save before another model takes its place?");
        case LossBy::LearningAnew:
            return SaveQuestion::tr("Save before learning anew?");
        case LossBy::MakingAnew:
            return SaveQuestion::tr("Save before the layer is made anew, without its steps?");
    }
    return SaveQuestion::tr("Save before Lexiscope closes?");
}

QString stateOf(const MadeWork& work) {
    if (work.isSettled) {
        return SaveQuestion::tr("ended without a result");
    }
    if (!work.share) {
        return SaveQuestion::tr("in no file yet");
    }
    const int percent = static_cast<int>(100 * work.share());
    return (work.save ? SaveQuestion::tr("%1 % learned, in no file yet")
                      : SaveQuestion::tr("%1 % learned, lost when it stops"))
        .arg(percent);
}

/// ".bin" of "word2vec binary (*.bin);;…"
QString firstEnding(const QString& fileTypes) {
    static const QRegularExpression ending(QStringLiteral("\\(\\*(\\.[a-z0-9]+)"));
    return ending.match(fileTypes).captured(1);
}

}  // namespace

SaveQuestion::SaveQuestion(const ThemeSource& theme, const MadeWorks& works, LossBy by, QWidget* parent)
    : QDialog(parent), m_theme(theme), m_by(by), m_question(new QLabel(this)) {
    constexpr int tickMilliseconds = 250;
    setObjectName(QStringLiteral("saveQuestion"));
    setWindowTitle(tr("Not saved"));
    m_question->setObjectName(QStringLiteral("question"));
    m_question->setFont(theme.theme().textFont(15, QFont::DemiBold));
    QVBoxLayout* layout = columnOf(this, 16);
    layout->setContentsMargins(24, 20, 24, 18);
    layout->addWidget(m_question);
    layout->addWidget(buildLines(works));
    layout->addSpacing(4);
    layout->addWidget(buildButtons());
    refresh();
    auto* ticker = new QTimer(this);
    connect(ticker, &QTimer::timeout, this, &SaveQuestion::refresh);
    ticker->start(tickMilliseconds);
}

bool SaveQuestion::canSaveAny() const {
    return std::any_of(m_lines.begin(), m_lines.end(),
                       [](const Line& line) { return line.work->save != nullptr; });
}

void SaveQuestion::refresh() {
    for (const Line& line : m_lines) {
        if (!line.isTold) {
            say(line, stateOf(*line.work), m_theme.theme().muted);
        }
    }
    const bool canSave = canSaveAny();
    m_question->setText(canSave ? questionOf(m_by) : tr("Stop learning and close Lexiscope?"));
    m_discard->setText(canSave ? tr("Discard") : tr("Stop and close"));
    m_cancel->setText(canSave ? tr("Cancel") : tr("Go on learning"));
    m_save->setVisible(canSave);
    QPushButton* usual = canSave ? m_save : m_cancel;
    m_cancel->setProperty("primary", !canSave);
    usual->setDefault(true);
}

QWidget* SaveQuestion::buildLines(const MadeWorks& works) {
    auto* lines = new QWidget(this);
    auto* grid = new QGridLayout(lines);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(8);
    for (const std::shared_ptr<MadeWork>& work : works) {
        const auto row = static_cast<int>(m_lines.size());
        auto* what = new QLabel(work->what, lines);
        what->setTextFormat(Qt::PlainText);
        what->setFont(m_theme.theme().textFont(13));
        QLabel* state = wrappedLabel(lines, QStringLiteral("state%1").arg(row));
        state->setAlignment(Qt::AlignRight);
        grid->addWidget(what, row, 0, Qt::AlignTop);
        grid->addWidget(state, row, 1, Qt::AlignTop);
        m_lines.push_back({work, state});
    }
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(1, qRound(leastState * m_theme.theme().fontScale));
    return lines;
}

QWidget* SaveQuestion::buildButtons() {
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    m_discard = namedButton(line, QStringLiteral("discard"), tr("Discard"));
    m_cancel = namedButton(line, QStringLiteral("cancel"), tr("Cancel"));
    m_save = namedButton(line, QStringLiteral("save"), tr("Save…"));
    for (QPushButton* button : {m_discard, m_cancel}) {
        button->setAutoDefault(false);
    }
    m_save->setProperty("primary", true);
    row->addWidget(m_discard);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_save);
    connect(m_discard, &QPushButton::clicked, this, &SaveQuestion::discard);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &SaveQuestion::saveNext);
    return line;
}

void SaveQuestion::say(const Line& line, const QString& text, const QColor& color) {
    setLook(*line.state, m_theme.theme().textFont(13), color);
    line.state->setText(text);
}

void SaveQuestion::discard() {
    for (const Line& line : m_lines) {
        line.work->isSettled = true;
    }
    accept();
}

void SaveQuestion::saveNext() {
    const auto next = std::find_if(m_lines.begin(), m_lines.end(), [](const Line& line) {
        return !line.isSaved && line.work->save != nullptr;
    });
    if (next == m_lines.end()) {
        accept();
        return;
    }
    const MadeWork& work = *next->work;
    QString path = QFileDialog::getSaveFileName(this, work.what, work.fileName, work.fileTypes);
    if (path.isEmpty()) {
        return;
    }
    if (QFileInfo(path).suffix().isEmpty()) {
        path += firstEnding(work.fileTypes);
    }
    m_save->setEnabled(false);
    m_discard->setEnabled(false);
    next->isTold = true;
    say(*next, tr("Saving…"), m_theme.theme().muted);
    const auto at = static_cast<std::size_t>(next - m_lines.begin());
    work.save(path, [dialog = QPointer(this), at](const Result<Done>& written) {
        // Cancel does not stop what is being written.
        if (dialog) {
            dialog->finish(at, written);
        }
    });
}

void SaveQuestion::finish(std::size_t at, const Result<Done>& written) {
    Line& line = m_lines[at];
    line.isSaved = written.ok();
    m_save->setEnabled(true);
    m_discard->setEnabled(true);
    if (written.ok()) {
        say(line, tr("saved"), m_theme.theme().text);
        saveNext();
    } else {
        say(line, QString::fromStdString(toString(written.error())), m_theme.theme().error);
    }
}

}  // namespace lexiscope
