// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/load_aids.h"
#include "core/model.h"
#include "ui/session/feature_document.h"
#include "ui/session/job_runner.h"
#include "ui/session/made_work.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QString>

namespace lexiscope {

/// A place for a model. The old model stays until the new one stands; of a file that takes long, the first
/// rows stand in before that (model->partOf), and the old model comes back when the load is cancelled or
/// fails.
struct Slot {
    std::shared_ptr<const Model> model;  ///< null: empty
    QString spec;                        ///< what was opened: a path or "builtin:NAME"; empty: made here
    QString loadingSpec;                 ///< not empty while another model is being opened here
    std::shared_ptr<MadeWork> work;      ///< of a model made here that would be lost; else null

    bool holdsFirstRows() const { return model && model->partOf.has_value(); }
};

/// What is loaded: the models, the text, and which slot the panels show.
class Session : public QObject {
    Q_OBJECT
  public:
    /// `runner` outlives the session; built-in models lie in `modelFolder`.
    Session(JobRunner& runner, std::filesystem::path modelFolder, QObject* parent = nullptr);
    ~Session() override;

    /// What reads a model in the background: loadModel(), unless told otherwise.
    using ReadModel = std::function<Result<std::shared_ptr<const Model>>(const std::filesystem::path&,
                                                                         Progress&, const LoadAids&)>;
    void setReader(ReadModel reader) { m_read = std::move(reader); }

    /// A and B are for models of any kind, beside each other in Compare; C and D for more tokenizers.
    static constexpr int mostSlots = 4;
    static constexpr int comparedSlots = 2;
    int slotCount() const { return static_cast<int>(m_slots.size()); }
    const Slot& slot(int index) const { return m_slots[static_cast<std::size_t>(index)]; }
    int activeSlot() const { return m_active; }
    std::shared_ptr<const Model> activeModel() const { return slot(m_active).model; }
    void setActiveSlot(int index);

    /// Asked before work that was made here is lost; until this is told, nobody is.
    void setAskToLose(AskToLose ask) { m_ask = std::move(ask); }
    /// Whether those of them that are not settled may be lost; true where there are none.
    bool mayLose(const MadeWorks& works, LossBy by) const;
    /// Whether the slot may be given to another model: what stands in no other place is asked for. So do all
    /// that put another model there; they leave it as it is where it may not.
    bool mayReplace(int slot) const;
    /// What stands in slots and would be lost with the window.
    MadeWorks unsettledWorks() const;

    /// Opens a model in the background: a path or "builtin:NAME". A load that runs in that slot is cancelled.
    void load(int slot, const QString& wanted) { start(slot, wanted, false); }
    /// The same, but a file that is a text becomes the text instead (see readText).
    void open(int slot, const QString& wanted) { start(slot, wanted, true); }
    void cancelLoad(int slot);
    /// Puts a model there that was made here and lies in no file, so that the slot has no spec; what is being
    /// opened there is given up. One that shares the vocabulary of the model before has the same words in the
    /// same rows: what is selected and pinned stays. `work` tells how it would be saved. False: somebody
    /// wants to keep what stands there.
    bool place(int slot, std::shared_ptr<const Model> model, std::shared_ptr<MadeWork> work = nullptr);
    /// Empties the slot; what is being opened there is given up. Another model comes to the front if this one
    /// stood there; the last one stays.
    void close(int slot);
    /// How the file of that spec cuts texts before its ranks merge, where it does not say so itself (see
    /// Model::split). Where it is open, it is opened again.
    void setSplit(const QString& spec, SplitScheme split);
    std::optional<SplitScheme> chosenSplit(const QString& spec) const;
    /// The model that stands there lies in that file now.
    void setSpec(int slot, const QString& spec);
    /// The feature table of this session, which begins as the built-in one. A slot that featureSpec() was
    /// opened in shows it as it is now, and changes with it.
    FeatureDocument& features() const { return *m_features; }
    static QString featureSpec() { return QStringLiteral("builtin:features"); }
    /// Takes over the table in a CSV file, read in the background; Undo brings back what was there.
    void importFeatures(const QString& path);
    /// The built-in table, and what brings it back, likewise.
    Result<FeatureTable> exampleFeatures() const;
    void restoreExampleFeatures();
    static QString loadChannel(int slot);

    /// UTF-8 as typed; may hold any bytes when it came from a file.
    const QByteArray& text() const { return m_text; }
    void setText(const QByteArray& text);

    /// How the text is cut, whatever the model.
    const EncodeOptions& encodeOptions() const { return m_encodeOptions; }
    void setEncodeOptions(const EncodeOptions& options);

  Q_SIGNALS:
    void slotChanged(int slot);  ///< loading began or ended
    /// A new model stands in the slot; `previous` may be null. The new one is null when the first rows of a
    /// load that was given up leave an empty slot.
    void modelChanged(int slot, std::shared_ptr<const lexiscope::Model> previous);
    void activeSlotChanged(int slot, int previous);
    void textChanged();
    void encodeOptionsChanged();
    /// A file that was to be opened has become the text.
    void textOpened(QString path);
    void failed(lexiscope::Error error);  ///< never Cancelled
    void warned(QString model, QStringList warnings);

  private:
    /// What the first rows of a load stand in for.
    struct Before {
        std::shared_ptr<const Model> model;
        QString spec;
        std::shared_ptr<MadeWork> work;
    };

    /// What lay in a file: a model, or a text.
    struct Opened {
        std::shared_ptr<const Model> model;
        QByteArray text;  // where there is no model
    };
    void start(int slot, const QString& wanted, bool takesTexts);
    void showFirstRows(int slot, const QString& spec, std::shared_ptr<const Model> model);
    void bringBack(int slot);
    void finishLoad(int slot, const QString& spec, Result<Opened> result);
    void followFeatures();

    JobRunner& m_runner;
    std::filesystem::path m_modelFolder;
    ReadModel m_read;
    AskToLose m_ask;
    FeatureDocument* m_features;
    std::vector<Slot> m_slots = std::vector<Slot>(mostSlots);
    std::vector<Before> m_before = std::vector<Before>(mostSlots);
    int m_active = 0;
    QByteArray m_text;
    EncodeOptions m_encodeOptions;
    QHash<QString, SplitScheme> m_splits;
};

/// "20,000 of about 400,000 rows so far" for a model of first rows, to stand beside all that comes from it;
/// else empty.
QString rowsSoFar(const Model& model);

/// Whether the rows of the two are the same words in the same order, for they share one vocabulary.
bool haveSameWords(const std::shared_ptr<const Model>& a, const std::shared_ptr<const Model>& b);

/// A short name for a spec: "tiny-gpt2" of "builtin:tiny-gpt2", the last part of a path, and where that alone
/// would say nothing the last two: "gpt2/tokenizer.json".
QString shortName(const QString& spec);

}  // namespace lexiscope
