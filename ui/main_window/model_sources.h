// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <vector>

#include <QDialog>
#include <QString>

class QGridLayout;

namespace lexiscope {

/// A model that people have, and how it comes to be opened here.
struct ModelSource {
    struct File {
        QString name;
        QString size;
        QString what;
    };
    QString name;
    QString what;     ///< one sentence
    QString address;  ///< without "https://"
    std::vector<File> files;
    QString open;  ///< what to do with them
};

/// GPT-2, BERT, RoBERTa, Llama, word2vec-google-news-300 and GloVe: their exact files, sizes and shapes; and
/// tokenizers alone.
std::vector<ModelSource> modelSources();

/// Shows them. Nothing is fetched; names and addresses can be selected and copied.
class ModelSources : public QDialog {
    Q_OBJECT
  public:
    ModelSources(const ThemeSource& theme, QWidget* parent);

  private:
    QWidget* section(const ModelSource& source) const;
    void addFiles(QGridLayout& grid, const ModelSource& source) const;

    const ThemeSource& m_theme;
};

}  // namespace lexiscope
