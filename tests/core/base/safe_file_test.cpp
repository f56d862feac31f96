// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/safe_file.h"

#include "tests/support/file_bytes.h"
#include "tests/support/scratch_folder.h"

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;
namespace fs = std::filesystem;

namespace {

std::size_t filesIn(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

/// A disk that is full after so many bytes, for this process.
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes) {
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

  private:
    rlimit m_before{};
    void (*m_handler)(int);
};

FileContent of(const std::string& bytes) {
    return [bytes](const WriteBytes& write) { return write(bytes); };
}

}  // namespace

class SafeFileTest : public QObject {
    Q_OBJECT

  private slots:
    void writesANewFileAndReplacesAnOldOne() {
        const ScratchFolder folder;
        const fs::path path = folder.path() / "a.txt";
        QVERIFY(writeFileSafely(path, of("one")).ok());
        QCOMPARE(fileBytes(path), std::string("one"));
        ::chmod(path.c_str(), 0640);
        QVERIFY(writeFileSafely(path, of("two")).ok());
        QCOMPARE(fileBytes(path), std::string("two"));
        struct stat status {};
        ::stat(path.c_str(), &status);
        QCOMPARE(static_cast<int>(status.st_mode & 0777), 0640);
        QCOMPARE(filesIn(folder.path()), std::size_t(1));
    }

    void theOldFileStaysUntilCommit() {
        const ScratchFolder folder;
        const fs::path path = folder.write("a.txt", "old");
        {
            Result<SafeFile> file = SafeFile::create(path);
            QVERIFY(file.ok());
            QVERIFY(file.value().write("new").ok());
            QVERIFY(file.value().close().ok());
            QCOMPARE(fileBytes(path), std::string("old"));
        }
        QCOMPARE(fileBytes(path), std::string("old"));
        QCOMPARE(filesIn(folder.path()), std::size_t(1));
        Result<SafeFile> file = SafeFile::create(path);
        QVERIFY(file.value().write("new").ok());
        QVERIFY(file.value().commit().ok());
        QCOMPARE(fileBytes(path), std::string("new"));
    }

    void aFullDiskLeavesTheOldFileWhole() {
        const ScratchFolder folder;
        const fs::path path = folder.write("a.txt", "old");
        Result<Done> written = Done{};
        {
            const FullDisk full(1000);
            written = writeFileSafely(path, of(std::string(100000, 'x')));
        }
        QVERIFY(!written.ok());
        QCOMPARE(written.error().where, path.string());
        QVERIFY2(written.error().hint.find("room") != std::string::npos, toString(written.error()).c_str());
        QCOMPARE(fileBytes(path), std::string("old"));
        QCOMPARE(filesIn(folder.path()), std::size_t(1));
    }

    void whatTheContentSaysIsPassedOn() {
        const ScratchFolder folder;
        const fs::path path = folder.write("a.txt", "old");
        const Result<Done> written = writeFileSafely(path, [](const WriteBytes& write) -> Result<Done> {
            static_cast<void>(write("half").ok());
            return cancelled();
        });
        QVERIFY(!written.ok());
        QCOMPARE(written.error().code, ErrorCode::Cancelled);
        QCOMPARE(fileBytes(path), std::string("old"));
        QCOMPARE(filesIn(folder.path()), std::size_t(1));
    }

    void aLinkStaysALink() {
        const ScratchFolder folder;
        const fs::path target = folder.write("target.txt", "old");
        const fs::path link = folder.path() / "link.txt";
        fs::create_symlink("target.txt", link);
        QVERIFY(writeFileSafely(link, of("new")).ok());
        QVERIFY(fs::is_symlink(link));
        QCOMPARE(fileBytes(target), std::string("new"));
    }

    void devicesAreWrittenToDirectly() {
        QVERIFY(writeFileSafely("/dev/null", of("anything")).ok());
        const Result<Done> full = writeFileSafely("/dev/full", of(std::string(100000, 'x')));
        QVERIFY(!full.ok());
        QCOMPARE(full.error().code, ErrorCode::Unreadable);
        QVERIFY(fs::is_character_file("/dev/full"));
    }

    void placesThatCannotBeWrittenToAreNamed() {
        const ScratchFolder folder;
        const Result<Done> isFolder = writeFileSafely(folder.path(), of("x"));
        QVERIFY(!isFolder.ok());
        QCOMPARE(isFolder.error().where, folder.path().string());
        const Result<Done> absent = writeFileSafely(folder.path() / "no" / "a.txt", of("x"));
        QVERIFY(!absent.ok());
        QCOMPARE(absent.error().code, ErrorCode::NotFound);
        // A folder where nobody can make files.
        const Result<Done> closed = writeFileSafely("/sys/lexiscope.txt", of("x"));
        QVERIFY(!closed.ok());
        QVERIFY(!closed.error().hint.empty());
    }
};

QTEST_APPLESS_MAIN(SafeFileTest)
#include "safe_file_test.moc"
