// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model.h"
#include "ui/plots/space_plot.h"

#include <cstddef>
#include <vector>

#include <QString>

namespace lexiscope {

/// The words worth naming on a map, in row order, which in nearly all vocabularies is that of their
/// frequency: of the first 6,000 rows, each spelling once. Pieces of words and punctuation tell little: only
/// words of three letters or more count, and where the vocabulary marks the start of words, only marked ones.
/// In a vocabulary of codes or numbers, whatever can be read.
std::vector<MarkedPoint> frequentWords(const Vocabulary& vocabulary);

/// The word alone where it is one, else the token as it is shown everywhere.
QString bareLabel(const Model& model, Row row);

/// The word alone where it is one, not a piece of one; else the token as it is shown everywhere.
QString wordLabel(const Model& model, Row row);

/// "The" and "·The" are two tokens: where both are among the marks from `first` on, each is named with its
/// word-start mark.
void tellApart(std::vector<MarkedPoint>& marks, std::size_t first, const Model& model);

}  // namespace lexiscope
