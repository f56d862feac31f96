// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_spec.h"

#include "tests/support/scratch_folder.h"
#include "ui/figures/figure_file.h"

#include <csignal>
#include <filesystem>
#include <sys/resource.h>
#include <unistd.h>

#include <QFile>
#include <QTest>

using namespace lexiscope;

class FigureSpecTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void sizesAreRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QSize>("pixels");
        QTest::newRow("pixels") << "1280x720" << QSize(1280, 720);
        QTest::newRow("one pixel") << "1x1" << QSize(1, 1);
        QTest::newRow("the largest") << "16384x16384" << QSize(16384, 16384);
        QTest::newRow("millimetres") << "25.4x50.8mm" << QSize(96, 192);
        QTest::newRow("a little") << "0.1x0.1mm" << QSize(1, 1);
        for (const char* wrong : {"", "x", "12", "12x", "x12", "0x12", "-3x4", "1e3x4", "16385x1", "5000x5mm",
                                  "3.5x4", "3x4cm", "3x4x5", " 3x4", "infx4", "nanx4", "0x5", "١x٢"}) {
            QTest::newRow(wrong) << QString::fromUtf8(wrong) << QSize();
        }
    }
    void sizesAreRead() {
        QFETCH(const QString, text);
        QFETCH(const QSize, pixels);
        const Result<FigureSize> size = parseFigureSize(text);
        QCOMPARE(size.ok(), !pixels.isEmpty());
        if (size.ok()) {
            QCOMPARE(size.value().pixels(), pixels);
            QCOMPARE(parseFigureSize(toText(size.value())).value(), size.value());
        }
    }

    void pointsAreThoseOfPrint() {
        QCOMPARE(parseFigureSize(QStringLiteral("96x192")).value().points(), QSizeF(72, 144));
        QCOMPARE(parseFigureSize(QStringLiteral("25.4x50.8mm")).value().points(), QSizeF(72, 144));
    }

    void theEndingTellsTheFormat() {
        QCOMPARE(figureFormatOf(QStringLiteral("a/b.c.SVG")), FigureFormat::Svg);
        QCOMPARE(figureFormatOf(QStringLiteral("x.pdf")), FigureFormat::Pdf);
        QCOMPARE(figureFormatOf(QStringLiteral("x.png")), FigureFormat::Png);
        QVERIFY(!figureFormatOf(QStringLiteral("svg")));
        QVERIFY(!figureFormatOf(QStringLiteral("x.svgz")));
    }

    void withoutGroundColoursKeepWhatTheyAre() {
        FigureSpec spec;
        spec.what = QStringLiteral("space");
        spec.fontSize = 1.5;
        spec.theme = ThemeName::Print;
        QCOMPARE(themeOf(spec).fontScale, themeOf(ThemeName::Print).fontScale * 1.5);
        spec.transparent = true;
        QCOMPARE(themeOf(spec).surface.alpha(), 0);
        QCOMPARE(themeOf(spec).surface.rgb() & 0xffffff, themeOf(ThemeName::Print).surface.rgb() & 0xffffff);
        spec.what = QStringLiteral("window");
        QCOMPARE(themeOf(spec).window.alpha(), 0);
        QCOMPARE(themeOf(spec).surface.alpha(), 255);
    }

    void aFileIsWrittenWhole() {
        const test::ScratchFolder folder;
        const QString path = QString::fromStdString((folder.path() / "figure.png").string());
        QVERIFY(writeWhole("first", path).ok());
        QVERIFY(writeWhole("second", path).ok());
        QCOMPARE(read(path), QByteArray("second"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
    }

    void aFileThatCannotBeReplacedStays() {
        if (::geteuid() == 0) {
            // Root may write anywhere: a folder in the place of the file stands for what it may not.
            const test::ScratchFolder folder;
            folder.write("figure.png/inside", "old");
            const QString path = QString::fromStdString((folder.path() / "figure.png").string());
            const Result<Done> written = writeWhole("new", path);
            QVERIFY(!written.ok());
            QCOMPARE(written.error().code, ErrorCode::Unreadable);
            QCOMPARE(read(path + QStringLiteral("/inside")), QByteArray("old"));
            return;
        }
        const test::ScratchFolder folder;
        const QString path = QString::fromStdString(folder.write("figure.png", "old").string());
        std::filesystem::permissions(folder.path(),
                                     std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
        const Result<Done> written = writeWhole("new", path);
        std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
        QVERIFY(!written.ok());
        QCOMPARE(written.error().code, ErrorCode::Unreadable);
        QCOMPARE(read(path), QByteArray("old"));
    }

    void aDiskThatFillsUpLeavesTheOldFile() {
        // No file may grow beyond this: writing more fails as it does on a full disk.
        const test::ScratchFolder folder;
        const QString path = QString::fromStdString(folder.write("figure.png", "old").string());
        struct rlimit before = {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        struct rlimit small = before;
        small.rlim_cur = 4096;
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const Result<Done> written = writeWhole(QByteArray(100000, 'x'), path);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, handler);
        QVERIFY(!written.ok());
        QCOMPARE(written.error().code, ErrorCode::Unreadable);
        QCOMPARE(read(path), QByteArray("old"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
    }

    void aFullDiskIsSaid() {
        if (!QFile::exists(QStringLiteral("/dev/full"))) {
            QSKIP("this system has no /dev/full");
        }
        const Result<Done> written = writeWhole(QByteArray(100000, 'x'), QStringLiteral("/dev/full"));
        QVERIFY(!written.ok());
        QVERIFY(written.error().what.find("could not be written") == 0);
        QVERIFY(!written.error().hint.empty());
    }

    void aPictureTooLargeForMemoryIsSaid() {
        const Result<QByteArray> file = pngOf(QImage());
        QVERIFY(!file.ok());
        QCOMPARE(file.error().code, ErrorCode::InvalidArgument);
    }

  private:
    static QByteArray read(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

QTEST_GUILESS_MAIN(FigureSpecTest)
#include "figure_spec_test.moc"
