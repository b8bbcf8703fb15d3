/* SPDX-License-Identifier: ISC
 * The machine under the shell, as it is on Mullion: programs by spawn_with, the terminal by the console
 * driver's requests.  Events are in sh_event.c. */
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "sh_mull.h"
#include "sh_os.h"

#define STACK_LEN 393216
#define BIT_INTR  0 /* the notification that Ctrl-C is */

static int console;  /* pid of the driver */
static int last_err; /* of the last call that failed, below 0: the machine's, else errno */

static int failed(int err)
{
	last_err = PROTO_IS_ERRNO(err) ? PROTO_TO_ERRNO(err) : err;
	errno = last_err > 0 ? last_err : EIO;
	return -1;
}

const char *os_error(void)
{
	return last_err < 0 ? err_string(last_err) : strerror(last_err ? last_err : errno);
}

void os_init(void)
{
}

/* The stack grows by faults, and one that finds no memory ends the process: what recursion may use is made now. */
size_t os_stack(void)
{
	volatile char pages[STACK_LEN];

	for (size_t i = 0; i < sizeof pages; i += PAGE_SIZE)
		pages[i] = 0;
	return sizeof pages;
}

int os_pid(void)
{
	return getpid();
}

/* What a user starts is below the shell that he types at: whatever it does, the shell hears Ctrl-C and can end it.  0: as mine. */
static int child_priority(void)
{
	struct proc_info me;

	return sh.interactive && proc_info(0, &me) >= 0 && me.priority > 1 ? me.priority - 1 : 0;
}

/* ---- what the shell keeps for when there is no memory: enough to start a small program, with what that needs to run ---- */

#define RESERVE_PARTS 10
#define RESERVE_PART  ((size_t)0x10000)
#define RESERVE_POOL  ((size_t)0x24000) /* of it, what the program gets: its heap, its buffer, its tables */

static int reserve[RESERVE_PARTS];

/* Whether a user depends on this shell: he types at it, or init started it. */
static int is_first(void)
{
	struct proc_info me;

	return sh.interactive || (proc_info(0, &me) >= 0 && me.parent == me.pager);
}

/* In parts, as what comes back may lie in pieces. */
void os_reserve_fill(void)
{
	int first = is_first();

	for (int i = 0; first && i < RESERVE_PARTS; i++)
		if (reserve[i] <= 0)
			reserve[i] = page_alloc(RESERVE_PART, 0);
}

/* Puts it into the pool.  0: there was none. */
static int reserve_use(void)
{
	int parts = 0;

	for (int i = 0; i < RESERVE_PARTS; i++) {
		parts += reserve[i] > 0 && page_free(reserve[i]) >= 0;
		reserve[i] = 0;
	}
	return parts;
}

int os_spawn(const char *path, char *const argv[], char *const envp[], const int *fds, size_t fd_n)
{
	struct spawn_how how = {.envp = envp, .fds = fds, .fd_n = (int)fd_n, .priority = child_priority()};
	int pid;

	os_reserve_fill();
	how.pool = is_first() ? RESERVE_POOL : 0;
	pid = event_room() ? spawn_with(path, argv, &how) : PROTO_ERRNO(ENOMEM);
	if ((pid == ERR_MEMORY || pid == PROTO_ERRNO(ENOMEM)) && reserve_use())
		pid = spawn_with(path, argv, &how);
	os_reserve_fill();
	if (pid < 0)
		return failed(pid);
	event_spawned(pid);
	return pid;
}

int os_pipe(int fds[2])
{
	last_err = 0;
	return pipe(fds);
}

int os_kill(int pid, int status)
{
	int r = proc_end(pid, status);

	return r < 0 ? failed(r) : 0;
}

int os_terminal(int fd)
{
	return fd >= 0 && isatty(fd);
}

static void console_ask(int tag, int value)
{
	struct msg m = {.tag = tag, .word = {(uint32_t)value}};

	msg_call(console, &m, -1);
}

void os_raw(int raw)
{
	if (!console) {
		console = name_lookup("console");
		if (console > 0)
			frame_allow(console, ALLOW_SEND); /* the notification of Ctrl-C */
	}
	if (console <= 0)
		return;
	console_ask(CON_INTR, raw ? -1 : BIT_INTR);
	console_ask(CON_MODE, raw);
}

/* What a read brought is used up before the line ends: the console gives no more at once than to a line's end. */
static char typed[16]; /* what fits into a message: that needs no memory */
static size_t typed_at, typed_n;

int os_getc(void)
{
	ssize_t n;

	if (typed_at == typed_n) {
		n = read(0, typed, sizeof typed);
		typed_at = 0;
		typed_n = n > 0 ? (size_t)n : 0;
	}
	return typed_at < typed_n ? (unsigned char)typed[typed_at++] : -1;
}

size_t os_ahead(const char **s)
{
	*s = typed + typed_at;
	return typed_n - typed_at;
}

const char *os_call_text(int call)
{
	static const char *const texts[] = {
#define X(name, number, stub, book, text) [number] = text,
#include <call.def>
#undef X
	};

	return call > 0 && call < CALL_LIMIT ? texts[call] : NULL;
}

void os_words(void)
{
	words_frame();
	words_map();
	words_look();
	words_proc();
	words_thread();
	words_msg();
	words_bytes();
}

const char *os_shell(void)
{
	return "/bin/sh";
}
