// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/gzip_reader.h"

#include "tests/support/gzip.h"

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

std::string text(std::size_t lines) {
    std::string all;
    for (std::size_t i = 0; i < lines; ++i) {
        all += "line " + std::to_string(i * 7919) + "\n";
    }
    return all;
}

struct Unpacked {
    std::string bytes;
    std::string where;  // of the error; empty: none
    std::string what;
    std::size_t ignored = 0;
};

Unpacked unpack(const std::string& packed, std::size_t step) {
    GzipReader reader(packed, "f.gz");
    Unpacked all;
    while (!reader.atEnd()) {
        const Result<Done> read = reader.read(all.bytes, step);
        if (!read.ok()) {
            all.where = read.error().where;
            all.what = read.error().what;
            break;
        }
    }
    all.ignored = reader.ignored();
    return all;
}

}  // namespace

class GzipReaderTest : public QObject {
    Q_OBJECT

  private slots:
    void givesBackWhatWasPackedInSteps() {
        const std::string whole = text(5000);
        for (const std::size_t step :
             {std::size_t(1000), std::size_t(65536), whole.size(), whole.size() + 1}) {
            const Unpacked all = unpack(gzipped(whole), step);
            QVERIFY(all.where.empty());
            QVERIFY(all.bytes == whole);
            QCOMPARE(all.ignored, std::size_t(0));
        }
        QVERIFY(unpack(gzipped({}), 10).bytes.empty());
    }

    void membersFollowEachOther() {
        const Unpacked all = unpack(gzipped("one\n") + gzipped({}) + gzipped("two\n", 0), 3);
        QVERIFY(all.where.empty());
        QCOMPARE(all.bytes, std::string("one\ntwo\n"));
    }

    void whatFollowsTheLastMemberIsCounted() {
        const Unpacked filled = unpack(gzipped("one\n") + std::string(512, '\0'), 64);
        QCOMPARE(filled.bytes, std::string("one\n"));
        QCOMPARE(filled.ignored, std::size_t(0));
        const Unpacked more = unpack(gzipped("one\n") + std::string(2, '\0') + "rest", 64);
        QCOMPARE(more.bytes, std::string("one\n"));
        QCOMPARE(more.ignored, std::size_t(4));
    }

    void everyCutIsFound() {
        const std::string packed = gzipped(text(30));
        for (std::size_t length = 0; length < packed.size(); ++length) {
            const Unpacked all = unpack(packed.substr(0, length), 64);
            QVERIFY(!all.where.empty());
            QVERIFY2(all.what.find("ends too early") != std::string::npos, all.what.c_str());
        }
    }

    void damageIsFoundByItsCheckSum() {
        const std::string whole = text(3000);
        std::string packed = gzipped(whole, 0);  // stored: a changed byte unpacks, but is another
        packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 1);
        const Unpacked all = unpack(packed, 4096);
        QVERIFY(all.where.starts_with("f.gz, byte "));
        QVERIFY2(all.what.find("damaged") != std::string::npos, all.what.c_str());
        QVERIFY(!unpack("\x1F\x8B no gzip", 10).where.empty());
    }

    void theBeginIsWhatCanBeHad() {
        const std::string whole = text(5000);
        const std::string packed = gzipped(whole);
        QCOMPARE(unpackedBegin(packed, 100), whole.substr(0, 100));
        QCOMPARE(unpackedBegin(packed, whole.size() + 100), whole);
        const std::string cut = unpackedBegin(packed.substr(0, packed.size() / 2), whole.size());
        QVERIFY(cut.size() > 1000 && whole.starts_with(cut));
        QVERIFY(unpackedBegin("\x1F\x8B", 100).empty());
        QVERIFY(beginsAsGzip(packed) && !beginsAsGzip("\x1F") && !beginsAsGzip(whole));
    }
};

QTEST_APPLESS_MAIN(GzipReaderTest)
#include "gzip_reader_test.moc"
