// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/analysis_work.h"

#include "core/io/model_loader.h"
#include "tests/support/model_files.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

class AnalysisWorkTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aTextHasAsManyPlacesAsTheModelHasRowsForTokens() {
        const ScratchFolder folder;
        folder.write("config.json", R"({"model_type":"roberta","hidden_size":2,"pad_token_id":1})");
        folder.write("model.safetensors",
                     safetensors({countingTable("roberta.embeddings.word_embeddings.weight", 7, 2),
                                  countingTable("roberta.embeddings.position_embeddings.weight", 5, 2)}));
        folder.write("vocab.json", R"({"<s>":0,"<pad>":1,"</s>":2,"<unk>":3,"Ġ":4,"k":5,"Ġk":6})");
        folder.write("merges.txt", "#version: 0.2\nĠ k\n");
        NoProgress progress;
        const auto model = loadModel(folder.path(), progress);
        QVERIFY2(model.ok(), model.ok() ? "" : toString(model.error()).c_str());
        const auto text = encodeText("k k k k", *model.value(), {}, nullptr, progress);
        QVERIFY(text.ok());
        QCOMPARE(text.value()->encoding.tokens.size(), std::size_t(4));
        QCOMPARE(text.value()->positions, std::size_t(3));  // so the last has none
        // Of a text that has changed the tokens are those of the whole, too.
        const auto longer = encodeText("k k k k k", *model.value(), {}, text.value().get(), progress);
        QVERIFY(longer.ok());
        const auto afresh = encodeText("k k k k k", *model.value(), {}, nullptr, progress);
        QVERIFY(longer.value()->encoding.tokens == afresh.value()->encoding.tokens);
    }
};

QTEST_GUILESS_MAIN(AnalysisWorkTest)
#include "analysis_work_test.moc"
