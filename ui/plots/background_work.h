// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QObject>
#include <QThreadPool>

namespace lexiscope {

/// What a plot prepares beside the window's thread: one piece at a time, and of what is asked for meanwhile
/// only the newest. The destructor waits for the running piece; its `done` is then not called.
class BackgroundWork : public QObject {
    Q_OBJECT
  public:
    BackgroundWork();
    ~BackgroundWork() override;

    /// `work` runs on a worker and touches only what it holds; `done` then runs on this object's thread.
    void request(std::function<void()> work, std::function<void()> done);
    /// Forgets what has been asked for: no `done` of it will be called.
    void drop();
    /// Everything asked for is done when this returns.
    void finish();

  private:
    struct Piece {
        std::function<void()> work;
        std::function<void()> done;
    };
    void start(Piece piece);
    void arrive(int number);

    QThreadPool m_pool;
    Piece m_running;
    Piece m_next;
    int m_number = 0;  // of the running piece: tells a late arrival from the one that is awaited
    bool m_busy = false;
};

/// Calls piece(0) … piece(count - 1), on the calling thread and on idle threads of Qt's global pool, and
/// returns when all are done. For what is due within a frame; the pieces touch nothing in common.
void runInPieces(int count, const std::function<void(int)>& piece);

}  // namespace lexiscope
