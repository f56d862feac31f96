// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"

#include <optional>

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace lexiscope {

/// What of the work comes back at the next start.
struct RememberedWork {
    QStringList models;  ///< a spec per slot; empty where the slot was
    QStringList splits;  ///< likewise how its ranks cut, where that can be chosen
    EncodeOptions encoding;
    std::optional<QByteArray> text;  ///< any bytes
    QByteArray token;                ///< the selected one, in the vocabulary's own spelling; empty: none
    int tokenSlot = 0;
    std::optional<Position> position;    ///< where in the text it was met
    std::optional<QByteArray> features;  ///< the feature table, as CSV; none: the built-in one

    /// Something of it can be opened.
    bool hasModels() const;
};

/// Keeps it in settings; the text, which may be long, and the feature table in files beside theirs.
class SessionMemory {
  public:
    explicit SessionMemory(QSettings& settings) : m_settings(settings) {}

    RememberedWork read() const;
    /// For a start that does not go on with all of it: the feature table alone. Ratings are work of one's own
    /// that the end of the program would overwrite.
    RememberedWork readRatings() const;
    void write(const Session& session, const Selection& selection);
    void forget();

    /// Whether the program begins with what was kept; true unless told otherwise.
    bool isContinued() const;
    void setContinued(bool continued);

  private:
    QString fileBeside(const QString& name) const;
    QString textFile() const { return fileBeside(QStringLiteral("last-text")); }
    QString featureFile() const { return fileBeside(QStringLiteral("last-features.csv")); }

    QSettings& m_settings;
};

/// How texts are cut; before the models are opened.
void restoreEncoding(const RememberedWork& work, Session& session);

/// Makes what was kept the session's feature table. Broken where the file has been changed so that it is
/// none.
Result<Done> restoreFeatures(const RememberedWork& work, Session& session);

/// The models whose files are no longer there, taken out of `work`.
QStringList takeMissingModels(RememberedWork& work);

}  // namespace lexiscope
