// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/figures/figure_spec.h"
#include "ui/panels/panel.h"

#include <QByteArray>
#include <QString>

namespace lexiscope {

/// One word of a command line as POSIX shells read it: as it is where nothing in it means anything to them,
/// else in single quotes; bytes that are no text, in $'…', as bash, zsh and ksh read it.
QString shellWord(const QByteArray& bytes);

/// The command that makes the figure without a window: "lexiscope render space --out space.svg …", with the
/// models, the text and the selection of `context`. NotFound without a model; InvalidArgument for a text that
/// no command line can hold.
Result<QString> renderLine(const FigureSpec& spec, FigureFormat format, const PanelContext& context);

}  // namespace lexiscope
