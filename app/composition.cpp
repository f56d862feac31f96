// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition.h"

#include "app/resource_folder.h"
#include "app/streams.h"
#include "core/base/worker_pool.h"
#include "core/search/token_lookup.h"
#include "ui/figures/figure_file.h"
#include "ui/main_window/figure_maker.h"
#include "ui/main_window/figure_view.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/panel_list.h"
#include "ui/main_window/settings_dialog.h"
#include "ui/session/selection_keeper.h"
#include "ui/session/session_memory.h"
#include "ui/widgets/style_sheet.h"

#include <chrono>
#include <cstdio>
#include <fontconfig/fontconfig.h>
#include <memory>

#include <QApplication>
#include <QEventLoop>
#include <QIcon>
#include <QJsonDocument>
#include <QSettings>
#include <QTimer>

namespace lexiscope {
namespace {

/// The sentence a newcomer finds, and the word in it that is selected.
constexpr auto firstText = "The king and the queen of France walked along the river.";
constexpr auto firstToken = "queen";
constexpr auto firstModel = "builtin:tiny-gpt2";
constexpr auto secondModel = "builtin:wiki-words";

/// Everything behind a window, in the order it depends on each other.
struct Workspace {
    explicit Workspace(ThemeName theme) : themes(theme), session(runner, modelFolder()) {}

    ThemeSource themes;
    WorkerPool pool;
    JobRunner runner{pool};
    Session session;
    Selection selection;
    Analyses analyses{session, selection, runner};
    SelectionKeeper keeper{session, selection, analyses, runner};
    TrainingView training{session, analyses, runner};
    TokenizerRun tokenizerRun{session, runner};

    PanelContext context(bool showTimes) {
        return {session, selection, analyses, training, tokenizerRun, themes, showTimes};
    }

    /// Selects the token in slot A; where in the text it stands is found once that is cut.
    Result<Done> select(const std::string& token) {
        const std::shared_ptr<const Model> model = session.slot(0).model;
        const Result<FoundToken> found = findToken(*model, token);
        if (!found.ok()) {
            return found.error();
        }
        selection.select({0, found.value().row, std::nullopt});
        return Done{};
    }
    /// The same for a token that was selected last time, in the vocabulary's own spelling; a model that no
    /// longer has it shows the first token of the text.
    void selectRemembered(const QByteArray& token, int slot, std::optional<Position> position) {
        const Result<FoundToken> found = findToken(*session.slot(slot).model, token.toStdString());
        if (found.ok()) {
            selection.select({slot, found.value().row, position});
        }
    }
};

/// What a window begins with: what the command line names, else the work of last time, else what a newcomer
/// finds.
RememberedWork beginning(const WindowOptions& options, const SessionMemory& memory) {
    const bool isContinued = options.models.empty() && memory.isContinued();
    RememberedWork work = isContinued ? memory.read() : memory.readRatings();
    for (const std::string& spec : options.models) {
        work.models << QString::fromStdString(spec);
    }
    if (options.text) {
        work.text = QByteArray::fromStdString(*options.text);
        work.token.clear();
    } else if (!work.text) {
        work.token = firstToken;
        work.tokenSlot = 0;
    }
    return work;
}

/// One sentence for somebody who has never been here.
void greet(MainWindow& window, QSettings& settings) {
    const QString greeted = QStringLiteral("greeted");
    if (!settings.value(greeted).toBool()) {
        settings.setValue(greeted, true);
        window.messages().add(MessageBar::Severity::Hint,
                              QObject::tr("Type a text of your own and click one of its tokens: every panel "
                                          "follows. F1 lists what keys and mouse do."));
    }
}

/// Shows the window, but paints nothing of it until what its panels have asked for is there: a picture of
/// empty panels takes as long to paint as the one that follows a moment later. What takes longer is not
/// waited for.
void showFilled(MainWindow& window, JobRunner& runner) {
    constexpr auto patience = std::chrono::milliseconds(100);
    window.setUpdatesEnabled(false);
    window.show();
    const auto paint = [&window] { window.setUpdatesEnabled(true); };
    QObject::connect(&runner, &JobRunner::idle, &window, paint, Qt::SingleShotConnection);
    QTimer::singleShot(patience, &window, paint);
}

/// What of the work of last time could not be had back.
void sayMissing(MainWindow& window, const QStringList& models, const Result<Done>& features) {
    for (const QString& spec : models) {
        window.messages().add(MessageBar::Severity::Warning, QObject::tr("the model is no longer there"),
                              spec, QObject::tr("it was open last time, and has been left out"));
    }
    if (!features.ok()) {
        window.messages().add(MessageBar::Severity::Warning, features.error());
    }
}

/// What Qt says on standard error though nothing is amiss: that a program started outside of a login has no
/// folder for sockets, and that a platform without a screen cannot heed size hints.
void dropKnownNoise(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    const bool isKnown = message.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR")) ||
                         message.startsWith(QLatin1String("This plugin does not support")) ||
                         message.contains(QLatin1String("OpenType support missing"));
    if (!isKnown) {
        std::fprintf(stderr, "%s\n", qPrintable(qFormatLogMessage(type, context, message)));
    }
}

/// What settings are kept under; may be said before there is an application.
void nameApplication() {
    QCoreApplication::setApplicationName(QStringLiteral("lexiscope"));
    QCoreApplication::setOrganizationName(QStringLiteral("lexiscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LEXISCOPE_VERSION));
}

/// Runs the event loop until all background work and what it set off is done.
void settle(Workspace& workspace) {
    for (int quietPasses = 0; quietPasses < 3;) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents(QEventLoop::AllEvents);
        if (workspace.runner.isIdle()) {
            ++quietPasses;
            continue;
        }
        quietPasses = 0;
        QEventLoop loop;
        QObject::connect(&workspace.runner, &JobRunner::idle, &loop, &QEventLoop::quit);
        loop.exec();
    }
}

/// Loads the models and waits. The first failure, if any.
Result<Done> loadAll(Workspace& workspace, const std::vector<std::string>& models) {
    std::optional<Error> failure;
    const auto connection =
        QObject::connect(&workspace.session, &Session::failed,
                         [&failure](const Error& error) { failure = failure.value_or(error); });
    for (std::size_t i = 0; i < models.size(); ++i) {
        workspace.session.load(static_cast<int>(i), QString::fromStdString(models[i]));
    }
    settle(workspace);
    QObject::disconnect(connection);
    if (failure) {
        return *failure;
    }
    return Done{};
}

/// What there is to see of learning without a window: the same at each call, so with one thread.
void learnSample(Workspace& workspace) {
    TrainingSettings settings{QString(), suggestedOptions({})};
    settings.options.threads = 1;
    workspace.training.setLive(false);
    workspace.training.run().start(settings);
    settle(workspace);
}

/// Likewise of learning a tokenizer.
void learnSampleTokenizer(Workspace& workspace) {
    workspace.tokenizerRun.start({QString(), suggestedTokenizer({}, TokenizerKind::Bpe)});
    settle(workspace);
}

FigureSpec specOf(const RenderOptions& options) {
    FigureSpec spec;
    spec.what = QString::fromStdString(options.what);
    spec.part = QString::fromStdString(options.part);
    if (const Result<FigureSize> size = parseFigureSize(QString::fromStdString(options.size)); size.ok()) {
        spec.size = size.value();
    }
    spec.scale = options.scale;
    themeFromName(QString::fromStdString(options.theme), spec.theme);
    spec.fontSize = options.fontSize;
    spec.caption = options.caption;
    spec.transparent = options.transparent;
    spec.view = QJsonDocument::fromJson(QByteArray::fromStdString(options.view)).object();
    return spec;
}

Result<Done> render(Workspace& workspace, const RenderOptions& options) {
    const FigureSpec spec = specOf(options);
    restoreFeatures(spec.view, workspace.session);
    workspace.session.setText(QByteArray::fromStdString(options.text.value_or(firstText)));
    std::vector<std::string> models{options.model.value_or(firstModel)};
    if (options.model2 || showsSecondModel(QString::fromStdString(options.what))) {
        models.push_back(options.model2.value_or(secondModel));
    }
    for (const std::optional<std::string>& more : {options.model3, options.model4}) {
        if (more) {
            models.push_back(*more);
        }
    }
    QStringList specs;
    for (const std::string& model : models) {
        specs << QString::fromStdString(model);
    }
    restoreEncoding(spec.view, specs, workspace.session);
    if (const Result<Done> loaded = loadAll(workspace, models); !loaded.ok()) {
        return loaded.error();
    }
    // Where in the text the selected token stands, and which one a text begins with, shows in every figure.
    workspace.analyses.want(Analyses::Encoding, &workspace.session, true);
    if (options.select) {
        if (const Result<Done> selected = workspace.select(*options.select); !selected.ok()) {
            return selected.error();
        }
    } else if (!options.text) {
        // A model without that word shows the first token of the text.
        static_cast<void>(workspace.select(firstToken).ok());
    }
    settle(workspace);
    if (showsTraining(spec.what)) {
        learnSample(workspace);
    }
    if (showsTokenizerTraining(spec.what)) {
        learnSampleTokenizer(workspace);
    }
    restoreSlot(spec.view, workspace.session);
    settle(workspace);
    FigureMaker maker(workspace.context(false), workspace.runner, spec);
    do {
        settle(workspace);
    } while (maker.advance());
    const QString path = QString::fromStdString(options.out);
    const Result<QByteArray> file = maker.file(figureFormatOf(path).value_or(FigureFormat::Png));
    return file.ok() ? writeWhole(file.value(), path) : file.error();
}

}  // namespace

int runWindow(const WindowOptions& options, int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
        qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        printError({ErrorCode::Unreadable, "display", "there is none to open a window on",
                    "make a figure without one: lexiscope render window --out window.png"});
        return 1;
    }
    qInstallMessageHandler(dropKnownNoise);
    nameApplication();
    QSettings settings;
    ThemeName theme = ThemeName::Light;
    themeFromName(settings.value(QStringLiteral("theme")).toString(), theme);
    Workspace workspace(theme);
    workspace.themes.setTextScale(rememberedTextScale(settings));
    SessionMemory memory(settings);
    RememberedWork work = beginning(options, memory);
    const QStringList missing = takeMissingModels(work);
    if (!work.hasModels()) {
        work.models = {QString::fromLatin1(firstModel)};
    }
    const Result<Done> features = restoreFeatures(work, workspace.session);
    restoreEncoding(work, workspace.session);
    // Models and the system's list of fonts are read while Qt connects to the display and the window is
    // built.
    workspace.pool.post(Priority::Interactive, [] { FcInit(); });
    for (int slot = 0; slot < std::min<int>(static_cast<int>(work.models.size()), Session::mostSlots);
         ++slot) {
        if (!work.models[slot].isEmpty()) {
            workspace.session.load(slot, work.models[slot]);
        }
    }
    QApplication application(argc, argv);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/lexiscope.svg")));
    applyTheme(application, workspace.themes.theme());
    MainWindow window(workspace.context(true), workspace.themes, workspace.runner, &settings);
    sayMissing(window, missing, features);
    QObject::connect(&workspace.session, &Session::modelChanged, &window, [&workspace, &work](int slot) {
        const Slot& state = workspace.session.slot(slot);
        const bool isWhole = state.model && !state.holdsFirstRows();
        if (slot == work.tokenSlot && !work.token.isEmpty() && isWhole) {
            workspace.selectRemembered(std::exchange(work.token, {}), slot, work.position);
        }
    });
    workspace.session.setText(work.text.value_or(QByteArray(firstText)));
    greet(window, settings);
    showFilled(window, workspace.runner);
    const int status = QApplication::exec();
    memory.write(workspace.session, workspace.selection);
    return status;
}

int runRender(const RenderOptions& options) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // One pixel of the figure for one that was asked for, whatever the desktop is set to.
    for (const char* variable : {"QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI",
                                 "QT_USE_PHYSICAL_DPI", "QT_STYLE_OVERRIDE"}) {
        qunsetenv(variable);
    }
    int argc = 1;
    char programName[] = "lexiscope";
    char* argv[] = {programName, nullptr};
    qInstallMessageHandler(dropKnownNoise);
    QApplication application(argc, argv);
    nameApplication();
    ThemeName theme = ThemeName::Light;
    themeFromName(QString::fromStdString(options.theme), theme);
    Workspace workspace(theme);
    applyTheme(application, workspace.themes.theme());
    const Result<Done> rendered = render(workspace, options);
    if (!rendered.ok()) {
        printError(rendered.error());
        return 1;
    }
    return 0;
}

}  // namespace lexiscope
