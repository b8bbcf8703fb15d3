/* SPDX-License-Identifier: ISC
 * Messages as words.  What comes is printed as assignments, so that a script can eval it. */
#include <stdlib.h>
#include <string.h>
#include "sh_mull.h"

#define MS            1000000 /* ns */
#define ANSWER_WITHIN 10000   /* ms, unless timeout= says another: nothing else would free the shell */
#define TIMEOUT_MAX   60000   /* ms: Ctrl-C does not end the waiting either */

/** What a word sends, and how long it waits. */
struct request {
	struct msg m;
	int64_t timeout;
};

static void out_msg(const struct msg *m)
{
	int i;

	outf("from=%d tag=%d frame=%d", m->from, m->tag, m->frame);
	for (i = 0; i < MSG_WORDS; i++)
		outf(" w%d=%lu", i, (unsigned long)m->word[i]);
	out("\n");
}

/** The value after NAME=, NULL if the argument is no such thing. */
static const char *option(const char *arg, const char *name)
{
	size_t n = strlen(name);

	return !strncmp(arg, name, n) && arg[n] == '=' ? arg + n + 1 : NULL;
}

/** TAG [WORD…] [frame=F] [timeout=MS] from argv[0]; -1 after reporting. */
static int request_parse(const char *word, int argc, char **argv, struct request *r)
{
	uint32_t n;
	int i, words = 0;

	memset(r, 0, sizeof *r);
	r->timeout = (int64_t)ANSWER_WITHIN * MS;
	if (word_number(word, argv[0], &n) < 0)
		return -1;
	r->m.tag = (int)n;
	for (i = 1; i < argc; i++) {
		const char *frame = option(argv[i], "frame"), *timeout = option(argv[i], "timeout");

		if (word_number(word, frame ? frame : timeout ? timeout : argv[i], &n) < 0)
			return -1;
		if (timeout && n > TIMEOUT_MAX) {
			complain("%s: %s: not between 0 and %d", word, argv[i], TIMEOUT_MAX);
			return -1;
		}
		if (frame) {
			r->m.frame = (int)n;
		} else if (timeout) {
			r->timeout = (int64_t)n * MS;
		} else if (words < MSG_WORDS) {
			r->m.word[words++] = n;
		} else {
			usage(word);
			return -1;
		}
	}
	return 0;
}

static int do_call(int argc, char **argv)
{
	struct request r;
	int pid, err;

	if (argc < 3)
		return usage("call");
	if (word_pid("call", argv[1], &pid) < 0 || request_parse("call", argc - 2, argv + 2, &r) < 0)
		return 2;
	err = msg_call(pid, &r.m, r.timeout);
	if (err < 0)
		return word_refused("call", err);
	out_msg(&r.m);
	return 0;
}

static int do_send(int argc, char **argv)
{
	struct request r;
	int pid, err;

	if (argc < 3)
		return usage("send");
	if (word_pid("send", argv[1], &pid) < 0 || request_parse("send", argc - 2, argv + 2, &r) < 0)
		return 2;
	err = msg_send(pid, &r.m, r.timeout);
	return word_done("send", err);
}

static int do_recv(int argc, char **argv)
{
	struct msg m;
	uint32_t ms;
	int64_t timeout = -1;
	int err;

	if (argc > 2)
		return usage("recv");
	if (argc == 2) {
		if (word_number("recv", argv[1], &ms) < 0)
			return 2;
		timeout = (int64_t)ms * MS;
	}
	err = event_recv(&m, timeout);
	jobs_poll();
	if (sh.flow)
		return sh.status; /* Ctrl-C */
	if (err < 0)
		return word_refused("recv", err);
	out_msg(&m);
	return 0;
}

static int do_reply(int argc, char **argv)
{
	struct request r;
	uint32_t to;
	int err;

	if (argc < 3)
		return usage("reply");
	if (word_number("reply", argv[1], &to) < 0 || request_parse("reply", argc - 2, argv + 2, &r) < 0)
		return 2;
	err = msg_reply((int)to, &r.m);
	return word_done("reply", err);
}

static int do_notify(int argc, char **argv)
{
	uint32_t bits;
	int pid, err;

	if (argc != 3)
		return usage("notify");
	if (word_pid("notify", argv[1], &pid) < 0 || word_number("notify", argv[2], &bits) < 0)
		return 2;
	err = msg_notify(pid, bits);
	return word_done("notify", err);
}

static const struct builtin words[] = {
	{"call", do_call, "PID TAG [WORD…] [frame=F] [timeout=MS]", NULL, CALL_msg_call, 0},
	{"notify", do_notify, "PID BITS", NULL, CALL_msg_notify, 0},
	{"recv", do_recv, "[TIMEOUT_MS]", NULL, CALL_msg_recv, 0},
	{"reply", do_reply, "TID TAG [WORD…] [frame=F]", NULL, CALL_msg_reply, 0},
	{"send", do_send, "PID TAG [WORD…] [frame=F] [timeout=MS]", NULL, CALL_msg_send, 0},
};

void words_msg(void)
{
	builtins_add(words, sizeof words / sizeof *words);
}
