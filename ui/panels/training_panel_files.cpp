// SPDX-License-Identifier: GPL-3.0-or-later
// TrainingPanel: the files it takes and gives.
#include "ui/panels/training_panel.h"
#include "ui/session/grouped_text.h"

#include <QFileDialog>
#include <QFileInfo>

namespace lexiscope {

void TrainingPanel::saveShown() {
    const QString name = TrainingRun::baseName(run().settings().corpus);
    QString path = QFileDialog::getSaveFileName(
        this, tr("Save the vectors shown"), name + QStringLiteral(".bin"), TrainingView::vectorFileTypes());
    if (path.isEmpty()) {
        return;
    }
    if (QFileInfo(path).suffix().isEmpty()) {
        path += QStringLiteral(".bin");
    }
    m_context.training.save(path);
}

std::vector<DataTable> TrainingPanel::data() const {
    std::vector<TrainingLoss> losses = run().losses();
    if (losses.empty()) {
        return {};
    }
    const QString title = tr("The loss at %1 points").arg(groupedText(losses.size()));
    return {lossTable(title, std::move(losses))};
}

}  // namespace lexiscope
