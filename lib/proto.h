/* SPDX-License-Identifier: ISC
 * The protocols of the user-land servers: what stands in the words of their messages.
 *
 * An answer's tag is the result: zero or more, or a negative ERR_… or -errno - 1000 (PROTO_ERRNO).
 * Requests that carry bytes carry them in a frame, the buffer, which goes along with the call and comes back
 * with the answer: it is never mapped on both sides.  At most 20 bytes go in words instead. */
#ifndef MULLION_PROTO_H
#define MULLION_PROTO_H

#include <stdint.h>

/* errno values in answers' tags. */
#define PROTO_ERRNO(e)    (-1000 - (e))
#define PROTO_IS_ERRNO(t) ((t) <= -1000)
#define PROTO_TO_ERRNO(t) (-1000 - (t))

/* ---- init: memory, names, power.  Its pid comes in the start block (struct spawn_start). ---- */
#define INIT_MEM_GET   0x100 /* word: len, align, below (0: anywhere) -> frame: MEM, zeroed, exactly len */
#define INIT_MEM_PUT   0x101 /* frame: MEM, unmapped -> it is the memory server's again */
#define INIT_MEM_INFO  0x102 /* -> word: bytes free, bytes in all, largest run */
#define INIT_NAME_SET  0x103 /* word: the name, NUL-padded, 24 bytes -> the caller has that name until it ends */
#define INIT_NAME_GET  0x104 /* word: the name -> word[0] pid, or ERR_PROC */
#define INIT_POWER_OFF 0x105 /* word[0] status: prints it and resets the machine */
#define INIT_DEVICE    0x106 /* word: the device's name -> word[0] irq; its DEV frame comes along, its line is allowed */
#define INIT_BOOT      0x107 /* -> word: ram pa, ram len, kernel len, clock hz */
#define INIT_PROC_NAME                                                                                                 \
	0x108 /* word[0] pid, [1..5] its program's name, NUL-padded, 20 bytes: a parent (spawn) tells the
                                 name of its new child before that starts, for fault reports, ps, and watching.  Not
                                 sent by init itself.  ERR_PROC not the caller's child, or init may not know it */
#define INIT_PROC_WATCH                                                                                                \
	0x109            /* word[0] any thread's id, [1] bit -> word[0] its pid; the caller is notified of bit when
                                 that process ends; asking again is no error.  ERR_PROC: unknown to init, or ended */
#define INIT_PROCS 0x10a /* frame; word[0] pid after which (0: the first) -> tag n: struct init_proc, n of them */
#define INIT_FRAMES                                                                                                    \
	0x10b /* frame; word[0] pid (init's or of a child of init), [1] f_id after which (0: the first)
                                 -> tag n: struct init_frame, n of them; 0 at the end */
#define INIT_NAME_LEN 24

/** One process as INIT_PROCS tells it. */
struct init_proc {
	int32_t pid, parent, state, threads, frames, priority;
	uint32_t faults;
	char name[INIT_NAME_LEN];    /* its program */
	char service[INIT_NAME_LEN]; /* the name it registered, or "" */
};

/** One frame as INIT_FRAMES tells it. */
struct init_frame {
	int32_t f_id, kind; /* FRAME_…; 0: memory that nobody has */
	uint32_t pa, len;
};

/* ---- io: what every file-like server (files, the console driver) speaks.  A handle is the server's number
 * of an open file; it is bound to the process that got it, may be shared (IO_SHARE) and ends with its holders.
 * `pos` -1: at the open file's own position, which moves. ---- */
#define IO_OPEN                                                                                                        \
	0x200 /* frame: path; word: path len, flags (newlib's O_…), mode -> word[0] handle, [1] IO_IS_…, frame;
                           IO_IS_CONSOLE from the file server: it is /dev/tty, the caller goes to the console */
#define IO_CLOSE 0x201 /* word[0] handle */
#define IO_READ                                                                                                        \
	0x202 /* word: handle, len, pos lo, pos hi; frame or 0 (then len <= 20) -> tag n; bytes in the
                           frame, or in word[0..4]; 0 at the end; waits where nothing is there yet */
#define IO_WRITE                                                                                                       \
	0x203 /* word: handle, len | bytes in frame, or (no frame, len <= 16) in word[2..5];
                           always at the open file's position (O_APPEND: at the end) -> tag n */
#define IO_SEEK                                                                                                        \
	0x204         /* word: handle, offset lo, hi, whence, the highest position that the caller can hold lo, hi
                           (0: any) -> word: position lo, hi; beyond that EOVERFLOW, and nothing moves */
#define IO_STAT 0x205 /* word[0] handle, or frame: path, word: -1, path len -> word: mode, size lo, mtime, ino */
#define IO_DIR                                                                                                         \
	0x206               /* word: handle, frame -> tag 1 and the next name in the frame (NUL-terminated), word: ino,
                           IO_IS_…; tag 0 at the end */
#define IO_SHARE      0x207 /* word: handle, pid -> pid may use the handle too (a child inherits it) */
#define IO_UNLINK     0x208 /* frame: path; word: path len */
#define IO_MKDIR      0x209 /* frame: path; word: path len */
#define IO_RENAME     0x20a /* frame: both paths, each NUL-terminated; word: len of both */
#define IO_TRUNC      0x20b /* word: handle, len lo, len hi */
#define IO_PIPE       0x20c /* -> word: handle to read, handle to write */
#define IO_RMDIR      0x20d /* frame: path; word: path len */

#define IO_IS_FILE    1
#define IO_IS_DIR     2
#define IO_IS_CONSOLE 3
#define IO_IS_PIPE    4

/* ---- the console driver, besides io.  Handles 0: reading, 1: writing exist always. ---- */
#define CON_MODE  0x300 /* word[0] 0: lines, echoed and edited by the driver; 1: raw bytes, no echo -> old mode */
#define CON_INTR  0x301 /* word[0] bit: notify the caller of this bit on Ctrl-C (-1: nobody); then Ctrl-C is no input */
#define CON_DRAIN 0x302 /* answered when all that was written has left the line */

#endif
