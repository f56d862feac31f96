// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/main_window.h"

#include "core/base/utf8.h"
#include "ui/main_window/compare_invitation.h"
#include "ui/main_window/data_export.h"
#include "ui/main_window/figure_export.h"
#include "ui/main_window/panel_list.h"
#include "ui/main_window/token_search.h"
#include "ui/main_window/window_actions.h"
#include "ui/session/grouped_text.h"
#include "ui/widgets/style_sheet.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr qsizetype mostRecent = 8;

/// What a view can say.
struct WindowKeys : ViewKeys {
    ViewKey layout = text("layout");
    ViewKey panels = add("panels", QStringLiteral("an object with the views of panels, by name"),
                         [](const QJsonValue& value) { return value.isObject(); });
};

const WindowKeys& windowKeys() {
    static const WindowKeys all;
    return all;
}

QString recentKey() {
    return QStringLiteral("recent models");
}

}  // namespace

MainWindow::MainWindow(const PanelContext& context, ThemeSource& theme, JobRunner& runner,
                       QSettings* settings)
    : m_context(context),
      m_theme(theme),
      m_settings(settings),
      m_header(new Header(theme, context.session, runner)),
      m_messages(new MessageBar(theme)),
      m_stack(new QStackedWidget),
      m_awaitsModels(settings != nullptr),
      m_jobs(new JobStack(theme, runner)),
      m_export(new FigureExport(*this, context, theme, runner)),
      m_data(new DataExport(*this, *m_messages, runner)) {
    setObjectName(QStringLiteral("window"));
    setWindowTitle(QStringLiteral("Lexiscope"));
    setAcceptDrops(true);
    setMinimumSize(960, 600);
    const QSize room = screen()->availableSize();
    const bool fits = room.width() >= minimumWidth() && room.height() >= minimumHeight();
    resize(fits ? QSize(1440, 900).boundedTo(room) : QSize(1440, 900));
    m_recent = settings != nullptr ? settings->value(recentKey()).toStringList() : QStringList();

    auto* top = new QWidget(this);
    auto* topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(0, 0, 0, 0);
    topLayout->setSpacing(0);
    topLayout->addWidget(m_header);
    topLayout->addWidget(m_messages);
    setMenuWidget(top);
    auto* middle = new QWidget(this);
    auto* middleLayout = new QVBoxLayout(middle);
    middleLayout->setContentsMargins(0, 0, 0, 0);
    middleLayout->setSpacing(0);
    middleLayout->addWidget(m_stack, 1);
    middleLayout->addWidget(m_jobs);
    setCentralWidget(middle);
    buildArea(Mode::Explore);
    m_jobs->setShowsJobs(context.showTimes);

    new TokenSearch(m_header->search(), context.session, context.selection, runner, this);
    new WindowActions(*this);
    listen();
    refreshStyle();
    refreshNote();
    if (settings != nullptr) {
        context.session.setAskToLose(
            [this](const MadeWorks& works, LossBy by) { return askToLose(works, by); });
        restoreGeometry(settings->value(QStringLiteral("geometry")).toByteArray());
        showMode(lastMode(false));
        beginWithTokenizers();
    }
}

MainWindow::~MainWindow() {
    if (m_settings != nullptr) {
        m_context.session.setAskToLose({});
    }
}

void MainWindow::listen() {
    connect(m_header, &Header::pillClicked, this, &MainWindow::pillClicked);
    connect(m_header, &Header::exportClicked, m_export, [this] { m_export->open(); });
    connect(m_header, &Header::modeChosen, this, [this](int mode) { setMode(static_cast<Mode>(mode)); });
    connect(&m_context.session, &Session::failed, this, [this](const Error& error) {
        m_messages->add(MessageBar::Severity::Error, error);
        beginWithTokenizers();
    });
    connect(&m_context.session, &Session::warned, this,
            [this](const QString& model, const QStringList& warnings) {
                for (const QString& warning : warnings) {
                    m_messages->add(MessageBar::Severity::Warning, warning, model);
                }
            });
    connect(&m_context.session, &Session::textOpened, this, &MainWindow::sayTextOpened);
    connect(&m_context.session, &Session::modelChanged, this, [this](int slot) {
        const Slot& state = m_context.session.slot(slot);
        if (state.model && !state.holdsFirstRows() && !state.spec.isEmpty()) {
            remember(state.spec);
        }
        beginWithTokenizers();
        turnToTokenizer();
        showArea();
        refreshNote();
    });
    connect(&m_context.session, &Session::activeSlotChanged, this, [this] {
        m_showsVectors = hasVectors(m_context.session.activeModel());
        refreshNote();
    });
    connect(&m_theme, &ThemeSource::changed, this, &MainWindow::refreshStyle);
    listenToTraining();
}

DockArea& MainWindow::area() {
    return *m_areas[static_cast<std::size_t>(m_mode)];
}

const ViewKeys& MainWindow::viewKeys() {
    return windowKeys();
}

QJsonObject MainWindow::panelViews(const QJsonObject& view) {
    return view[windowKeys().panels].toObject();
}

QJsonObject MainWindow::saveView() {
    QJsonObject panels;
    for (const Panel* panel : area().findChildren<Panel*>()) {
        const QJsonObject view = panel->saveView();
        if (!view.isEmpty()) {
            panels[panel->objectName()] = view;
        }
    }
    QJsonObject view{{windowKeys().layout, QString::fromLatin1(area().saveLayout().toBase64())}};
    if (!panels.isEmpty()) {
        view[windowKeys().panels] = panels;
    }
    return view;
}

void MainWindow::placeCards(const QJsonObject& view) {
    const QByteArray layout = QByteArray::fromBase64(view[windowKeys().layout].toString().toLatin1());
    if (!layout.isEmpty()) {
        area().restoreLayout(layout);
    }
    area().fitRows();
}

void MainWindow::restoreView(const QJsonObject& view) {
    placeCards(view);
    for (Panel* panel : area().findChildren<Panel*>()) {
        panel->restoreView(panelViews(view)[panel->objectName()].toObject());
    }
}

const std::vector<CardDock*>& MainWindow::docks() {
    return area().docks();
}

void MainWindow::restoreDefaultLayout() {
    area().restoreDefaultLayout();
}

void MainWindow::refreshStyle() {
    // A window that is painted as a figure beside the one on screen leaves the program's own look alone.
    if (m_context.showTimes) {
        applyTheme(*qApp, m_theme.theme());
    }
    for (QWidget* widget : findChildren<QWidget*>()) {
        widget->update();
    }
    // Larger type needs more room.
    QTimer::singleShot(0, this, [this] { area().fitRows(); });
}

void MainWindow::refreshNote() {
    if (m_mode == Mode::Compare) {
        if (CompareInvitation::emptySlot(m_context.session) >= 0) {
            m_jobs->setNote({});
            return;
        }
        m_jobs->setNote(
            tr("A and B share one selection · moving one map keeps it at the same place in both"));
        return;
    }
    const std::shared_ptr<const Model> model = m_context.session.activeModel();
    if (!model) {
        m_jobs->setNote({});
        return;
    }
    const QChar letter(u'A' + m_context.session.activeSlot());
    if (model->partOf) {
        m_jobs->setNote(
            tr("%1: %2; all results are of these rows alone").arg(QString(letter), rowsSoFar(*model)));
        return;
    }
    if (!model->hasVectors()) {
        m_jobs->setNote(tr("%1: a tokenizer alone, without vectors").arg(letter));
        return;
    }
    const QString where = model->table->isMapped() ? tr("mapped from disk") : tr("in memory");
    m_jobs->setNote(tr("%1: %2 · exact search · nothing sampled").arg(QString(letter), where));
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    // Nothing looks chosen before somebody has chosen it; typing begins with Ctrl+L or a click.
    area().setFocus();
}

void MainWindow::open(const QString& spec, int slot) {
    m_context.session.open(slot, spec);
}

void MainWindow::sayTextOpened(const QString& path) {
    const QByteArray& text = m_context.session.text();
    QString what = tr("is a text and no model, so it is the text now: %1 bytes")
                       .arg(groupedText(static_cast<std::size_t>(text.size())));
    if (!isUtf8(text.toStdString())) {
        what += tr(", not all of them UTF-8, and all kept");
    }
    m_messages->add(MessageBar::Severity::Hint, what, shortName(path),
                    tr("Ctrl+Z in the text brings back what was there"));
}

void MainWindow::remember(const QString& spec) {
    m_recent.removeAll(spec);
    m_recent.prepend(spec);
    m_recent = m_recent.mid(0, mostRecent);
    if (m_settings != nullptr) {
        m_settings->setValue(recentKey(), m_recent);
    }
}

void MainWindow::forgetRecent() {
    m_recent.clear();
    if (m_settings != nullptr) {
        m_settings->remove(recentKey());
    }
}

QStringList MainWindow::recentModels() const {
    return m_recent;
}

void MainWindow::openFile(int slot) {
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open a model or a text"), {},
        tr("Models, tokenizers and texts (*.bin *.safetensors *.txt *.vec *.gz *.csv *.json *.tiktoken "
           "*.model *.gguf);;All files (*)"));
    if (!path.isEmpty()) {
        open(path, slot);
    }
}

void MainWindow::openFolder(int slot) {
    const QString path = QFileDialog::getExistingDirectory(this, tr("Open a model folder"));
    if (!path.isEmpty()) {
        open(path, slot);
    }
}

void MainWindow::fillOpenMenu(QMenu& menu, int slot) {
    menu.addAction(tr("Open a file…"), this, [this, slot] { openFile(slot); });
    menu.addAction(tr("Open a folder…"), this, [this, slot] { openFolder(slot); });
    menu.addSeparator();
    for (const QString& spec : {QStringLiteral("builtin:tiny-gpt2"), QStringLiteral("builtin:wiki-words")}) {
        menu.addAction(tr("Built in: %1").arg(shortName(spec)), this,
                       [this, slot, spec] { open(spec, slot); });
    }
    menu.addAction(tr("The feature table"), this, [this, slot] { open(Session::featureSpec(), slot); });
    bool separated = false;
    for (const QString& spec : recentModels()) {
        if (spec.startsWith(QLatin1String("builtin:"))) {
            continue;
        }
        if (!std::exchange(separated, true)) {
            menu.addSeparator();
        }
        menu.addAction(shortName(spec), this, [this, slot, spec] { open(spec, slot); })->setToolTip(spec);
    }
    if (slot > 0 && m_context.session.slot(slot).model) {
        menu.addSeparator();
        menu.addAction(tr("Close %1").arg(QString::fromStdString(m_context.session.slot(slot).model->name)),
                       this, [this, slot] { m_context.session.close(slot); });
    }
    menu.setToolTipsVisible(true);
}

void MainWindow::pillClicked(int slot) {
    if (m_context.session.slot(slot).model && slot != m_context.session.activeSlot()) {
        m_context.session.setActiveSlot(slot);
        return;
    }
    SlotPill& pill = m_header->pill(slot);
    offerModels(slot, pill.mapToGlobal(QPoint(0, pill.height() + 4)));
}

void MainWindow::offerModels(int slot, QPoint at) {
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("openMenu"));
    fillOpenMenu(menu, slot);
    menu.exec(at);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_settings != nullptr && !m_context.session.mayLose(lostByClosing(), LossBy::Closing)) {
        event->ignore();
        return;
    }
    if (m_settings != nullptr) {
        m_settings->setValue(QStringLiteral("geometry"), saveGeometry());
        for (const Mode mode : modes) {
            const DockArea* area = m_areas[static_cast<std::size_t>(mode)];
            const QByteArray layout = area != nullptr ? area->saveLayout() : QByteArray();
            if (!layout.isEmpty()) {
                m_settings->setValue(layoutSetting(mode), layout);
                m_settings->setValue(standardSetting(mode), area->isStandard());
            }
        }
        rememberMode();
        m_settings->setValue(QStringLiteral("theme"), nameOf(m_theme.theme().name));
    }
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event) {
    // On a pill: that slot. Elsewhere, the first file goes to the slot in front and a second one beside it.
    int slot = m_context.session.activeSlot();
    for (int i = 0; i < m_context.session.slotCount(); ++i) {
        const SlotPill& pill = m_header->pill(i);
        if (QRect(pill.mapTo(this, QPoint()), pill.size()).contains(event->position().toPoint())) {
            slot = i;
        }
    }
    const QList<QUrl> urls = event->mimeData()->urls();
    const bool takesAll =
        m_mode == Mode::Tokenize || slot >= Session::comparedSlots || urls.size() > Session::comparedSlots;
    const int among = takesAll ? m_context.session.slotCount() : Session::comparedSlots;
    for (qsizetype i = 0; i < urls.size() && i < among; ++i) {
        if (urls[i].isLocalFile()) {
            open(urls[i].toLocalFile(), (slot + static_cast<int>(i)) % among);
        }
    }
    event->acceptProposedAction();
}

}  // namespace lexiscope
