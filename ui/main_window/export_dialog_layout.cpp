// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/export_dialog.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr double columnWidth = 340;  // of the fields, before the theme's scale of type

}  // namespace

void ExportDialog::buildFields() {
    m_subject->setObjectName(QStringLiteral("subject"));
    m_subject->setAccessibleName(tr("What to export"));
    for (const ExportSubject& each : m_subjects) {
        m_subject->addItem(each.title);
    }
    const auto name = [](Segmented* row, const QString& object, const QString& text,
                         const QStringList& items) {
        row->setObjectName(object);
        row->setAccessibleName(text);
        row->setItems(items);
    };
    name(m_format, QStringLiteral("format"), tr("Format"),
         {QStringLiteral("PNG"), QStringLiteral("SVG"), QStringLiteral("PDF")});
    m_format->setToolTipOf(0, tr("An image of pixels, for every program"));
    m_format->setToolTipOf(1, tr("Text and lines, for the web and for drawing programs"));
    m_format->setToolTipOf(2, tr("Text and lines with the fonts they need, for papers and print"));
    name(m_unit, QStringLiteral("unit"), tr("Unit of the size"), {tr("px"), tr("mm")});
    m_unit->setToolTipOf(0, tr("Logical pixels, 96 an inch"));
    name(m_scale, QStringLiteral("scale"), tr("Scale"),
         {QStringLiteral("1×"), QStringLiteral("2×"), QStringLiteral("3×"), QStringLiteral("4×")});
    m_scale->setCurrent(1);
    name(m_look, QStringLiteral("look"), tr("Theme"), {tr("Light"), tr("Dark"), tr("Print")});
    m_type->setObjectName(QStringLiteral("type"));
    m_type->setAccessibleName(tr("Size of type"));
    m_type->setRange(static_cast<int>(smallestFontFactor * 100), static_cast<int>(largestFontFactor * 100));
    m_type->setSingleStep(10);
    m_type->setSuffix(tr(" %"));
    m_caption->setObjectName(QStringLiteral("caption"));
    m_transparent->setObjectName(QStringLiteral("transparent"));
    m_note->setObjectName(QStringLiteral("note"));
    m_note->setWordWrap(true);
}

void ExportDialog::buildForm() {
    buildFields();
    auto* column = new QWidget(this);
    column->setFixedWidth(qRound(columnWidth * m_context.theme.theme().fontScale));
    m_form = new QFormLayout;
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(18);
    m_form->setVerticalSpacing(14);
    m_form->addRow(tr("Figure"), m_subject);
    m_form->addRow(tr("Format"), m_format);
    buildSizeRow(*m_form);
    m_form->addRow(tr("Scale"), m_scale);
    m_form->addRow(tr("Theme"), m_look);
    m_form->addRow(tr("Type"), m_type);
    m_form->addRow(QString(), m_caption);
    m_form->addRow(QString(), m_transparent);
    m_form->addRow(QString(), m_note);
    auto* columnLayout = new QVBoxLayout(column);
    columnLayout->setContentsMargins(0, 0, 0, 0);
    columnLayout->addLayout(m_form);
    columnLayout->addStretch(1);

    auto* middle = new QHBoxLayout;
    middle->setSpacing(24);
    middle->addWidget(column);
    middle->addWidget(m_preview, 1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(24, 20, 24, 16);
    all->setSpacing(16);
    all->addLayout(middle, 1);
    all->addWidget(m_messages);
    all->addWidget(buildButtons());
}

void ExportDialog::buildSizeRow(QFormLayout& form) {
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    for (QDoubleSpinBox* side : {m_width, m_height}) {
        side->setRange(1, longestFigureSide);
        side->setDecimals(0);
        side->setButtonSymbols(QAbstractSpinBox::NoButtons);
        side->setAlignment(Qt::AlignRight);
        side->setMinimumWidth(66);
        side->setKeyboardTracking(false);
    }
    m_width->setObjectName(QStringLiteral("width"));
    m_width->setAccessibleName(tr("Width"));
    m_height->setObjectName(QStringLiteral("height"));
    m_height->setAccessibleName(tr("Height"));
    row->addWidget(m_width, 1);
    row->addWidget(new QLabel(QStringLiteral("×"), this));
    row->addWidget(m_height, 1);
    row->addWidget(m_unit);
    form.addRow(tr("Size"), row);
}

QWidget* ExportDialog::buildButtons() {
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    const auto add = [&](const QString& text, const QString& name, const QString& tip, auto action) {
        auto* button = new QPushButton(text, line);
        button->setObjectName(name);
        button->setToolTip(tip);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, action);
        row->addWidget(button);
        return button;
    };
    add(tr("Copy the command"), QStringLiteral("copyCommand"),
        tr("The line for a terminal that makes the same figure without the window"),
        &ExportDialog::copyCommand);
    m_copy = add(tr("Copy as picture"), QStringLiteral("copyPicture"),
                 tr("For pasting: an image, and SVG for programs that take it"), &ExportDialog::copyPicture);
    row->addStretch(1);
    add(tr("Cancel"), QStringLiteral("cancel"), {}, &QDialog::reject);
    m_save = add(tr("Save…"), QStringLiteral("save"), {}, &ExportDialog::save);
    m_save->setProperty("primary", true);
    m_save->setDefault(true);
    return line;
}

}  // namespace lexiscope
