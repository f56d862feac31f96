// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/worker_pool.h"
#include "tests/support/await.h"
#include "tests/support/data_folder.h"
#include "ui/panels/panel.h"
#include "ui/session/selection_keeper.h"

namespace lexiscope::test {

/// Everything behind a window, on the built-in models.
struct Workspace {
    ThemeSource themes{ThemeName::Light};
    WorkerPool pool;
    JobRunner runner{pool};
    Session session{runner, builtinModels()};
    Selection selection;
    Analyses analyses{session, selection, runner};
    SelectionKeeper keeper{session, selection, analyses, runner};
    TrainingView training{session, analyses, runner};
    TokenizerRun tokenizerRun{session, runner};

    PanelContext context() { return {session, selection, analyses, training, tokenizerRun, themes, true}; }

    /// Runs the event loop until all jobs and what they set off are done.
    [[nodiscard]] bool settle() {
        for (int quietPasses = 0; quietPasses < 3; ++quietPasses) {
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
            if (!runner.isIdle()) {
                quietPasses = 0;
                if (!await([this] { return runner.isIdle(); })) {
                    return false;
                }
            }
        }
        return true;
    }

    [[nodiscard]] bool load(int slot, const QString& spec) {
        session.load(slot, spec);
        return settle() && session.slot(slot).model && session.slot(slot).spec == spec;
    }
};

}  // namespace lexiscope::test
