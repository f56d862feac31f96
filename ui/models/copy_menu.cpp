// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/copy_menu.h"

#include "ui/models/neighbor_text.h"

#include <utility>

#include <QApplication>
#include <QClipboard>

namespace lexiscope {

void addCopyMenu(QMenu& menu, const QString& title, const std::shared_ptr<const NeighborResult>& neighbors) {
    if (!neighbors || neighbors->neighbors.empty()) {
        return;
    }
    QMenu* forms = menu.addMenu(title);
    const std::pair<TableForm, QString> names[] = {{TableForm::Markdown, QStringLiteral("&Markdown")},
                                                   {TableForm::Latex, QStringLiteral("&LaTeX")},
                                                   {TableForm::Csv, QStringLiteral("&CSV")},
                                                   {TableForm::Python, QStringLiteral("&Python")}};
    for (const auto& [form, text] : names) {
        forms->addAction(text, forms, [neighbors, chosen = form] {
            QApplication::clipboard()->setText(QString::fromStdString(neighborText(*neighbors, chosen)));
        });
    }
}

}  // namespace lexiscope
