/* SPDX-License-Identifier: ISC
 * Starting programs: builds a process and its address space from frames of mine, loads the file, and puts the space
 * under the process with vspace_swap, after which all of it is the child's.  Owns what it builds until then, and the
 * list of children.  What a child leaves is taken back by reap.c. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "self.h"
#include "args.h"
#include "child.h"
#include "elf.h"
#include "file.h"
#include "frame.h"
#include "msg.h"
#include "page.h"
#include "proto.h"
#include "vm.h"

#define STACK_TOP   0x7ffff000u
#define STACK_FIRST 0x8000u /* bytes committed at the start; the rest grows by faults */
#define SPANS       (USER_END / L2_SPAN)
#define STACK_SPAN  (STACK_TOP / L2_SPAN)

extern char **environ;

/** A process that is being built. */
struct build {
	struct elf elf;
	struct child child;
	int l1, image, stack, pool;
	int l2[SPANS]; /* over each span, 0: none */
	size_t args_len;
	struct spawn_start start;
};

/* ---- tables ---- */

static int build_tables(struct build *b)
{
	int r;

	b->l1 = page_alloc(L1_SIZE, L1_SIZE);
	if (b->l1 < 0)
		return b->l1;
	r = frame_table(b->l1, FRAME_L1);
	for (uintptr_t span = 0; r >= 0 && span <= STACK_SPAN; span++) {
		if (span && span != STACK_SPAN && (span < b->elf.start / L2_SPAN || span > (b->elf.end - 1) / L2_SPAN))
			continue;
		r = page_alloc(L2_SIZE, L2_SIZE);
		if (r < 0)
			break;
		b->l2[span] = r;
		r = frame_table(r, FRAME_L2);
		if (r >= 0)
			r = frame_map(b->l1, b->l2[span], span * L2_SPAN, 0, 0, F_MAP_TABLE);
	}
	return r;
}

/* The child reads its own tables: the L1, then the L2s in order of address. */
static int build_windows(struct build *b)
{
	uintptr_t at = SELF_SLOTS_VA;
	int r = frame_map(b->l2[0], b->l1, SELF_TABLES_VA, 0, 0, F_MAP_PAGE | F_MAP_READ);

	for (size_t span = 0; r >= 0 && span < SPANS; span++) {
		if (!b->l2[span])
			continue;
		r = frame_map(b->l2[0], b->l2[span], at, 0, 0, F_MAP_PAGE | F_MAP_READ);
		at += PAGE_SIZE;
	}
	return r < 0 ? r : frame_map(b->l2[0], b->child.frame, SELF_INFO_VA, 0, 0, F_MAP_PAGE | F_MAP_READ);
}

/* Maps [va, va + len) of a frame into the L2s of the new space. */
static int build_map(struct build *b, int f_id, uintptr_t va, size_t offset, size_t len, int rights)
{
	int r = 0;

	while (len && r >= 0) {
		uintptr_t at = va % L2_SPAN;
		size_t n = len < L2_SPAN - at ? len : L2_SPAN - at;

		r = page_credits(SELF_CREDITS);
		if (r >= 0)
			r = frame_map(b->l2[va / L2_SPAN], f_id, at, offset, n, F_MAP_PAGE | rights);
		va += n;
		offset += n;
		len -= n;
	}
	return r;
}

/* ---- contents ---- */

static int build_image(struct build *b, const uint8_t *file)
{
	size_t len = b->elf.end - b->elf.start;
	uint8_t *at;
	int r = 0;

	b->image = page_alloc(len, 0);
	if (b->image < 0)
		return b->image;
	at = vm_map(b->image, 0, 0, F_MAP_READ | F_MAP_WRITE);
	if (!at)
		return vm_error();
	for (int i = 0; i < b->elf.parts_n; i++)
		memcpy(at + (b->elf.part[i].va - b->elf.start), file + b->elf.part[i].file_off,
			b->elf.part[i].file_len);
	vm_unmap(at, len);
	r = frame_cache(b->image, 0, 0, CACHE_UNIFY);
	for (int i = 0; r >= 0 && i < b->elf.parts_n; i++) {
		const struct elf_part *p = &b->elf.part[i];
		uintptr_t va = p->va & ~(uintptr_t)(PAGE_SIZE - 1);
		size_t n = (p->va + p->mem_len - va + PAGE_SIZE - 1) & ~(size_t)(PAGE_SIZE - 1);

		r = build_map(b, b->image, va, va - b->elf.start, n, p->rights);
	}
	return r;
}

static int build_stack(struct build *b, char *const argv[], char *const envp[])
{
	size_t len = STACK_FIRST + b->args_len;
	uint8_t *at;

	b->stack = page_alloc(len, 0);
	if (b->stack < 0)
		return b->stack;
	at = vm_map(b->stack, 0, 0, F_MAP_READ | F_MAP_WRITE);
	if (!at)
		return vm_error();
	b->child.arg = args_write(at + STACK_FIRST, b->args_len, STACK_TOP - b->args_len, &b->start, argv, envp);
	vm_unmap(at, len);
	return build_map(b, b->stack, STACK_TOP - len, 0, len, F_MAP_READ | F_MAP_WRITE);
}

/* ---- files ---- */

static void build_files(struct build *b, const struct spawn_how *how)
{
	for (int i = 0; i < SPAWN_FDS; i++) {
		int fd = how->fd_n == 0 ? i : i < how->fd_n ? how->fds[i] : -1;

		if (fd < 0 || file_get(fd, &b->start.fd[i]) < 0)
			b->start.fd[i] = (struct spawn_fd){0};
	}
	if (!getcwd(b->start.cwd, sizeof b->start.cwd))
		strcpy(b->start.cwd, "/");
}

/* The servers are told that the child may use the handles too. */
static void share_files(const struct build *b)
{
	for (int i = 0; i < SPAWN_FDS; i++) {
		const struct spawn_fd *fd = &b->start.fd[i];
		struct msg m = {.tag = IO_SHARE, .word = {(uint32_t)fd->handle, (uint32_t)b->child.pid}};

		if (fd->server)
			msg_call(fd->server, &m, -1);
	}
}

/* ---- the process ---- */

static int build_process(struct build *b, const struct spawn_how *how)
{
	int r;

	b->child.frame = page_alloc(PROC_SIZE, 0);
	if (b->child.frame < 0)
		return b->child.frame;
	r = proc_new(b->child.frame);
	if (r < 0)
		return r;
	b->child.pid = r;
	r = records_give(b->child.pid);
	if (r >= 0 && how->priority)
		r = proc_priority(b->child.pid, how->priority);
	return r;
}

/* What it needs before it can ask anybody for more, when there is no more. */
static int build_pool(struct build *b, size_t len)
{
	int r;

	b->pool = len ? page_alloc(len, 0) : 0;
	if (b->pool <= 0)
		return b->pool;
	r = frame_give(b->pool, b->child.pid);
	if (r < 0)
		return r;
	b->start.pool = b->pool;
	b->pool = 0; /* the child's now */
	return 0;
}

static void tell_name(int pid, const char *name)
{
	struct msg m = {.tag = INIT_PROC_NAME, .word = {(uint32_t)pid}};
	const char *base = strrchr(name, '/');

	strncpy((char *)&m.word[1], base ? base + 1 : name, sizeof m.word - sizeof m.word[0] - 1);
	if (self.init)
		msg_call(self.init, &m, -1);
}

static void build_undo(struct build *b)
{
	const int plain[] = {b->image, b->stack, b->pool};

	if (b->l1 > 0)
		page_scrap(b->l1);
	for (size_t i = 0; i < SPANS; i++)
		if (b->l2[i] > 0)
			page_scrap(b->l2[i]);
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (plain[i] > 0)
			page_free(plain[i]);
	if (b->child.pid > 0) {
		proc_end(b->child.pid, 0);
		spawn_reap(b->child.pid);
	} else if (b->child.frame > 0) {
		page_free(b->child.frame);
	}
}

static int build_all(
	struct build *b, const void *file, const char *name, char *const argv[], const struct spawn_how *how)
{
	char *const *envp = how->envp ? how->envp : environ;
	int r = build_process(b, how), pager = self.init ? self.init : self.pid;

	if (r >= 0)
		r = build_pool(b, how->pool);
	if (r >= 0)
		r = build_tables(b);
	if (r >= 0)
		r = build_image(b, file);
	b->start.init = pager;
	b->start.parent = self.pid;
	b->start.l1 = b->l1;
	b->start.tables_va = SELF_TABLES_VA;
	b->start.info_va = SELF_INFO_VA;
	b->start.heap_va = b->elf.end;
	build_files(b, how);
	if (r >= 0)
		r = build_stack(b, argv, envp);
	if (r >= 0)
		r = build_windows(b);
	if (r < 0)
		return r;
	r = vspace_swap(b->child.pid, b->l1);
	if (r < 0)
		return r;
	b->l1 = b->image = b->stack = 0; /* the child's now */
	memset(b->l2, 0, sizeof b->l2);
	r = proc_pager(b->child.pid, pager);
	if (r < 0)
		return r;
	/* In this order: as its pager init may know the child, and servers ask init about whom files are shared with. */
	tell_name(b->child.pid, name);
	share_files(b);
	return 0;
}

/** Starts a program whose file is in memory.  `name`: for reports.  As spawn_with otherwise. */
int spawn_image(const void *elf, size_t len, const char *name, char *const argv[], const struct spawn_how *how)
{
	struct build *b = calloc(1, sizeof *b);
	int r;

	if (!b)
		return PROTO_ERRNO(ENOMEM);
	r = elf_parse(&b->elf, elf, len);
	b->args_len = args_len(argv, how->envp ? how->envp : environ);
	if (r >= 0 && !b->args_len)
		r = PROTO_ERRNO(E2BIG);
	if (r >= 0) {
		b->child.entry = b->elf.entry;
		r = build_all(b, elf, name, argv, how);
		if (r < 0)
			build_undo(b);
		else
			r = child_add(&b->child);
	}
	if (r >= 0) {
		r = b->child.pid;
		if (!how->stopped && spawn_go(r) < 0)
			r = ERR_DEAD;
	}
	free(b);
	return r;
}

int spawn_go(int pid)
{
	struct child c;

	if (!child_get(pid, &c))
		return ERR_PROC;
	return proc_start(pid, c.entry, c.arg, c.arg);
}

/* ---- from a file ---- */

static int spawn_file(const char *path, char *const argv[], const struct spawn_how *how)
{
	int fd = open(path, O_RDONLY), f_id, r;
	struct stat st;
	uint8_t *at;
	size_t len;
	ssize_t n;

	if (fd < 0)
		return PROTO_ERRNO(errno);
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size <= 0) {
		close(fd);
		return PROTO_ERRNO(EACCES);
	}
	len = ((size_t)st.st_size + PAGE_SIZE - 1) & ~(size_t)(PAGE_SIZE - 1);
	f_id = page_alloc(len, 0);
	at = f_id > 0 ? vm_map(f_id, 0, 0, F_MAP_READ | F_MAP_WRITE) : NULL;
	r = at ? 0 : f_id > 0 ? vm_error() : f_id;
	for (size_t got = 0; r >= 0 && got < (size_t)st.st_size; got += (size_t)n) {
		n = read(fd, at + got, (size_t)st.st_size - got);
		if (n <= 0)
			r = PROTO_ERRNO(EIO);
		if (n <= 0)
			break;
	}
	close(fd);
	if (r >= 0)
		r = spawn_image(at, (size_t)st.st_size, path, argv, how);
	if (at)
		vm_unmap(at, len);
	if (f_id > 0)
		page_free(f_id);
	return r;
}

/* Tries each directory of $PATH in turn. */
static int spawn_path(const char *name, char *const argv[], const struct spawn_how *how)
{
	const char *dirs = getenv("PATH");
	char path[256];
	int r = PROTO_ERRNO(ENOENT);

	for (dirs = dirs ? dirs : "/bin"; dirs; dirs = strchr(dirs, ':')) {
		dirs += *dirs == ':';
		if (snprintf(path, sizeof path, "%.*s/%s", (int)strcspn(dirs, ":"), dirs, name) >= (int)sizeof path)
			continue;
		r = spawn_file(path, argv, how);
		if (r != PROTO_ERRNO(ENOENT))
			break;
	}
	return r;
}

int spawn_with(const char *path, char *const argv[], const struct spawn_how *how)
{
	return strchr(path, '/') ? spawn_file(path, argv, how) : spawn_path(path, argv, how);
}

int spawn(const char *path, char *const argv[])
{
	static const struct spawn_how as_mine;

	return spawn_with(path, argv, &as_mine);
}
