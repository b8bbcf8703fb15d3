/* SPDX-License-Identifier: ISC
 * What stands in memory, as words: between files and frames, and the bytes of frames and of the shell's own
 * address space.  A frame is mapped for as long as a word looks at it. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "sh_mull.h"

/** Part of a frame that is mapped for a moment. */
struct window {
	void *base;
	size_t len;        /* mapped */
	uint32_t offset;   /* in the frame */
	unsigned char *at; /* the byte there */
	size_t n;          /* how many */
};

static void window_close(struct window *w)
{
	vm_unmap(w->base, w->len);
}

/** Maps [offset, offset + n) of frame f, n 0: the rest.  -1 after reporting. */
static int window_open(struct window *w, const char *word, uint32_t f, uint32_t offset, uint32_t n, int rights)
{
	uint32_t from = offset & ~(uint32_t)(PAGE_SIZE - 1);
	struct frame info;
	int r = frame_info((int)f, &info);

	if (r >= 0 && (offset > info.len || n > info.len - offset))
		r = ERR_RANGE;
	if (r < 0) {
		word_refused(word, r);
		return -1;
	}
	w->offset = offset;
	w->n = n ? n : info.len - offset;
	w->len = (offset - from + w->n + PAGE_SIZE - 1) & ~(uint32_t)(PAGE_SIZE - 1);
	w->base = w->len ? vm_map((int)f, from, w->len, rights) : NULL;
	if (!w->base) {
		word_refused(word, w->len ? vm_error() : ERR_RANGE);
		return -1;
	}
	w->at = (unsigned char *)w->base + (offset - from);
	return 0;
}

/** F [OFFSET [LEN]] of a word's arguments; -1 after reporting. */
static int window_args(struct window *w, int argc, char **argv, int rights)
{
	uint32_t n[3] = {0};
	int i;

	if (argc < 2 || argc > 4) {
		usage(argv[0]);
		return -1;
	}
	for (i = 1; i < argc; i++)
		if (word_number(argv[0], argv[i], &n[i - 1]) < 0)
			return -1;
	return window_open(w, argv[0], n[0], n[1], n[2], rights);
}

static int file_refused(const char *word, const char *path)
{
	complain("%s: %s: %s", word, path, strerror(errno));
	return 1;
}

/** Reads n bytes of a file; how many there were, -1 with errno. */
static ssize_t file_read(int fd, unsigned char *to, size_t n)
{
	size_t got = 0;
	ssize_t r = 1;

	while (got < n && (r = read(fd, to + got, n - got)) > 0)
		got += (size_t)r;
	return r < 0 ? -1 : (ssize_t)got;
}

/** load FILE: into a new frame, whose id is printed. */
static int do_load(int argc, char **argv)
{
	struct window w;
	struct stat st;
	ssize_t got;
	size_t len;
	int fd, f;

	if (argc != 2)
		return usage("load");
	fd = open(argv[1], O_RDONLY);
	if (fd < 0 || fstat(fd, &st) < 0)
		return file_refused("load", argv[1]);
	len = ((size_t)st.st_size + PAGE_SIZE - 1) & ~(size_t)(PAGE_SIZE - 1);
	f = page_alloc(len ? len : PAGE_SIZE, 0);
	if (f < 0 || window_open(&w, "load", (uint32_t)f, 0, 0, F_MAP_READ | F_MAP_WRITE) < 0) {
		close(fd);
		return f < 0 ? word_refused("load", f) : 1;
	}
	got = file_read(fd, w.at, w.n);
	window_close(&w);
	if (got < 0)
		file_refused("load", argv[1]);
	close(fd);
	if (got < 0) {
		page_free(f);
		return 1;
	}
	frame_cache(f, 0, 0, CACHE_UNIFY);
	return word_result("load", f);
}

/** store F FILE [LEN] */
static int do_store(int argc, char **argv)
{
	struct window w;
	uint32_t f, len = 0;
	int fd, r;

	if (argc < 3 || argc > 4)
		return usage("store");
	if (word_number("store", argv[1], &f) < 0 || (argc > 3 && word_number("store", argv[3], &len) < 0))
		return 2;
	if (window_open(&w, "store", f, 0, len, F_MAP_READ) < 0)
		return 1;
	fd = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0666);
	r = fd < 0 ? -1 : write_all(fd, (const char *)w.at, w.n);
	if (r < 0)
		file_refused("store", argv[2]);
	if (fd >= 0)
		close(fd);
	window_close(&w);
	return r < 0;
}

void out_hex(const unsigned char *s, size_t n, uint32_t at)
{
	size_t i, k;

	for (i = 0; i < n && !busy(); i += 16) {
		outf("%08lx ", (unsigned long)(at + i));
		for (k = 0; k < 16; k++) {
			if (i + k < n)
				outf(" %02x", s[i + k]);
			else
				out("   ");
		}
		out("  |");
		for (k = 0; k < 16 && i + k < n; k++)
			outf("%c", s[i + k] >= ' ' && s[i + k] < 127 ? s[i + k] : '.');
		out("|\n");
	}
}

static int do_dump(int argc, char **argv)
{
	struct window w;

	if (window_args(&w, argc, argv, F_MAP_READ) < 0)
		return 1;
	out_hex(w.at, w.n, w.offset);
	window_close(&w);
	return 0;
}

/** text F [OFFSET [LEN]]: its bytes up to the first NUL. */
static int do_text(int argc, char **argv)
{
	struct window w;
	size_t n;

	if (window_args(&w, argc, argv, F_MAP_READ) < 0)
		return 1;
	for (n = 0; n < w.n && w.at[n]; n++)
		;
	out_n((const char *)w.at, n);
	window_close(&w);
	return 0;
}

/** get F OFFSET: the 32-bit word there. */
static int do_get(int argc, char **argv)
{
	uint32_t f, offset, value;
	struct window w;

	if (argc != 3)
		return usage("get");
	if (word_number("get", argv[1], &f) < 0 || word_number("get", argv[2], &offset) < 0)
		return 2;
	if (window_open(&w, "get", f, offset, 4, F_MAP_READ) < 0)
		return 1;
	memcpy(&value, w.at, 4);
	window_close(&w);
	outf("0x%08lx\n", (unsigned long)value);
	return 0;
}

/** put F OFFSET VALUE…: 32-bit words, which may be code. */
static int do_put(int argc, char **argv)
{
	uint32_t f, offset, value;
	struct window w;
	int i, r;

	if (argc < 4)
		return usage("put");
	if (word_number("put", argv[1], &f) < 0 || word_number("put", argv[2], &offset) < 0)
		return 2;
	for (i = 3; i < argc; i++)
		if (word_number("put", argv[i], &value) < 0)
			return 2;
	if (window_open(&w, "put", f, offset, (uint32_t)(argc - 3) * 4, F_MAP_READ | F_MAP_WRITE) < 0)
		return 1;
	for (i = 3; i < argc; i++) {
		word_number("put", argv[i], &value);
		memcpy(w.at + (i - 3) * 4, &value, 4);
	}
	window_close(&w);
	r = frame_cache((int)f, 0, 0, CACHE_UNIFY);
	return word_done("put", r);
}

/** peek ADDRESS [N]: N 32-bit words of the shell's own memory. */
static int do_peek(int argc, char **argv)
{
	uint32_t va, n = 1, i, value;

	if (argc < 2 || argc > 3)
		return usage("peek");
	if (word_number("peek", argv[1], &va) < 0 || (argc > 2 && word_number("peek", argv[2], &n) < 0))
		return 2;
	for (i = 0; i < n && !busy(); i++, va += 4) {
		if (guarded_read("peek", va, &value) < 0)
			return 1;
		if (n > 1 && i % 4 == 0)
			outf("%s%08lx ", i ? "\n" : "", (unsigned long)va);
		outf("%s0x%08lx", n > 1 ? " " : "", (unsigned long)value);
	}
	out("\n");
	return 0;
}

static int do_poke(int argc, char **argv)
{
	uint32_t va, value;
	int i;

	if (argc < 3)
		return usage("poke");
	if (word_number("poke", argv[1], &va) < 0)
		return 2;
	for (i = 2; i < argc; i++, va += 4) {
		if (word_number("poke", argv[i], &value) < 0)
			return 2;
		if (guarded_write("poke", va, value) < 0)
			return 1;
	}
	return 0;
}

static const struct builtin words[] = {
	{"dump", do_dump, "F [OFFSET [LEN]]", "shows a frame's bytes", 0, 0},
	{"get", do_get, "F OFFSET", "prints a 32-bit word of a frame", 0, 0},
	{"load", do_load, "FILE", "reads a file into a new frame and prints its id", 0, 0},
	{"peek", do_peek, "ADDRESS [N]", "prints 32-bit words of the shell's memory; survives a fault", 0, 0},
	{"poke", do_poke, "ADDRESS VALUE…", "writes 32-bit words to the shell's memory; survives a fault", 0, 0},
	{"put", do_put, "F OFFSET VALUE…", "writes 32-bit words, or code, into a frame", 0, 0},
	{"store", do_store, "F FILE [LEN]", "writes a frame to a file", 0, 0},
	{"text", do_text, "F [OFFSET [LEN]]", "prints a frame's text", 0, 0},
};

void words_bytes(void)
{
	builtins_add(words, sizeof words / sizeof *words);
}
