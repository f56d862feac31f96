// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/export_dialog.h"

#include "ui/main_window/figure.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

namespace lexiscope {

ExportDialog::ExportDialog(const ThemeSource& theme, QWidget* window)
    : QDialog(window),
      m_subject(new QComboBox(this)),
      m_scale(new Segmented(theme, this)),
      m_size(new QLabel(this)) {
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export a figure"));
    m_subject->setObjectName(QStringLiteral("subject"));
    m_subject->setAccessibleName(tr("What to export"));
    m_scale->setObjectName(QStringLiteral("scale"));
    m_scale->setAccessibleName(tr("Scale"));
    m_scale->setItems(
        {QStringLiteral("1×"), QStringLiteral("2×"), QStringLiteral("3×"), QStringLiteral("4×")});
    m_scale->setCurrent(1);
    m_size->setFont(theme.theme().monoFont(12));

    auto* buttons = new QDialogButtonBox(this);
    QPushButton* saveButton = buttons->addButton(tr("Save as PNG…"), QDialogButtonBox::AcceptRole);
    saveButton->setObjectName(QStringLiteral("save"));
    saveButton->setProperty("primary", true);
    buttons->addButton(QDialogButtonBox::Cancel);
    auto* form = new QFormLayout(this);
    form->setContentsMargins(18, 18, 18, 14);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(12);
    form->addRow(tr("Figure"), m_subject);
    form->addRow(tr("Scale"), m_scale);
    form->addRow(tr("Size"), m_size);
    form->addRow(buttons);

    connect(m_subject, &QComboBox::currentIndexChanged, this, &ExportDialog::refreshSize);
    connect(m_scale, &Segmented::chosen, this, &ExportDialog::refreshSize);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    addSubject(tr("The whole window"), window);
}

void ExportDialog::addSubject(const QString& title, QWidget* widget) {
    m_subjects.push_back(widget);
    m_subject->addItem(title);
    refreshSize();
}

QWidget* ExportDialog::subject() const {
    return m_subjects[static_cast<std::size_t>(m_subject->currentIndex())];
}

double ExportDialog::scale() const {
    return m_scale->current() + 1;
}

void ExportDialog::refreshSize() {
    if (m_subject->currentIndex() < 0) {
        return;
    }
    const QSize size = subject()->size() * scale();
    m_size->setText(tr("%1 × %2 pixels").arg(size.width()).arg(size.height()));
}

void ExportDialog::save() {
    QString path = QFileDialog::getSaveFileName(this, tr("Save the figure"), QStringLiteral("lexiscope.png"),
                                                tr("PNG picture (*.png)"));
    if (path.isEmpty()) {
        return;
    }
    if (!path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
        path += QLatin1String(".png");
    }
    saveAs(path);
    accept();
}

void ExportDialog::saveAs(const QString& path) {
    if (const Result<Done> saved = savePng(paintFigure(*subject(), scale()), path); !saved.ok()) {
        Q_EMIT failed(saved.error());
    }
}

}  // namespace lexiscope
