/* SPDX-License-Identifier: ISC
 * Claim: whatever programs of calls and accesses processes make, on one to four CPUs of each generation, with long
 * operations preempted at random, the kernel answers what the reference model says, its books are the reference's, and
 * no TLB can hold a translation that the tables do not grant.
 * Other threads' calls in the middle of a long operation are among them; where they may see it begun or not, a program ends there
 * and is counted.  Cannot show: two CPUs in the kernel at once; instruction caches; timing.
 *
 * usage: programs check CALLS SECONDS SEED    random programs, until so many calls were made
 *        programs try CALLS SECONDS SEED      the same, without a search for the shortest that fails
 *        programs seed N                      one of those, with each call
 *        programs found [NAME]                the shortest programs of the mistakes that were found so
 *        programs chains N                    so many chains of processes, each the child of the one before
 *        programs run FILE                    one program, with each call
 *        programs shrink FILE                 the shortest program that fails as this one does */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "world.h"

#define SHORTEST "build/host/shortest"
#define OPS      300
#define OPS_MAX  65536
#define TOO_SLOW 3 /* the status then; tests/mutants knows it */

/* ---- programs ---- */

struct program {
	size_t len;
	uint8_t bytes[OPS_MAX * OP_LEN];
};

static void program_random(struct program *p, uint32_t seed)
{
	uint64_t state = seed * 0x9e3779b97f4a7c15ull + 1;

	p->len = (OPS + 1) * OP_LEN;
	for (size_t i = 0; i < p->len; i++) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		p->bytes[i] = (uint8_t)(state >> 32);
	}
}

static bool program_read(struct program *p, const char *path)
{
	FILE *f = fopen(path, "rb");

	if (!f)
		return false;
	p->len = fread(p->bytes, 1, sizeof p->bytes, f);
	fclose(f);
	return true;
}

/* Whether it fails, in a process of its own; quietly unless `trace`. */
static bool program_fails(const struct program *p, bool trace)
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		world_trace = trace;
		world_thorough = true;
		if (!trace && !freopen("/dev/null", "w", stderr))
			_exit(2);
		alarm(5);
		world_run(p->bytes, p->len);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return status != 0;
}

/* ---- the shortest ---- */

static void program_cut(const struct program *p, struct program *out, size_t at, size_t n)
{
	memcpy(out->bytes, p->bytes, at);
	memcpy(out->bytes + at, p->bytes + at + n, p->len - at - n);
	out->len = p->len - n;
}

/* Takes out ever smaller pieces while it still fails (delta debugging). */
static void program_shorten(struct program *p, struct program *try)
{
	size_t n = p->len / OP_LEN / 2 * OP_LEN;

	for (; n >= OP_LEN; n = n / 2 / OP_LEN * OP_LEN)
		for (size_t at = OP_LEN; at + n <= p->len;) {
			program_cut(p, try, at, n);
			if (program_fails(try, false)) {
				memcpy(p->bytes, try->bytes, try->len);
				p->len = try->len;
			} else {
				at += n;
			}
		}
}

/* Makes bytes 0 that need not be anything else. */
static void program_plain(struct program *p)
{
	for (size_t i = 0; i < p->len; i++) {
		uint8_t was = p->bytes[i];

		p->bytes[i] = 0;
		if (was && !program_fails(p, false))
			p->bytes[i] = was;
	}
}

static int shrink(struct program *p, const char *out)
{
	static struct program try;
	size_t before;
	FILE *f;

	if (!program_fails(p, false)) {
		printf("it does not fail\n");
		return 0;
	}
	do {
		before = p->len;
		program_shorten(p, &try);
	} while (p->len < before);
	program_plain(p);
	printf("the shortest program that fails, after the preparation that all have (%zu operations):\n",
		p->len / OP_LEN - 1);
	f = fopen(out, "wb");
	if (f) {
		fwrite(p->bytes, 1, p->len, f);
		fclose(f);
		printf("saved as %s\n", out);
	}
	fflush(stdout);
	program_fails(p, true);
	return 1;
}

/* ---- many ---- */

static void says(void)
{
	static const char *const names[] = {
#define X(name, number, stub, book, text) [number] = #name,
#include "call.def"
#undef X
	};

	printf("%lu calls, %lu refused, %lu waited or were the last, %lu changes of thread; %lu accesses, %lu "
	       "translations proved, %lu invalidations; %lu programs ended where two answers are right; "
	       "of %lu looks between two pieces %lu saw neither what was before nor what came after\n",
		world_calls, world_refused, world_blocked, world_switches, model_accesses, model_checked, model_rounds,
		world_given_up, world_looks, world_looks_between);
	for (int i = 0; i < (int)(sizeof names / sizeof *names); i++)
		if (!world_done[i] && strcmp(names[i], "proc_exit") && strcmp(names[i], "thread_exit"))
			printf("never succeeded: %s\n", names[i]);
	fflush(stdout);
}

/* Runs programs from `seed` on in a process of its own, which tells the seed that it is at through a pipe. */
static int check(unsigned long calls, int seconds, uint32_t seed, bool shorten)
{
	static struct program p;
	uint32_t at = seed;
	int tell[2], status;
	pid_t pid;

	if (pipe(tell) < 0)
		return 2;
	pid = fork();
	if (pid == 0) {
		time_t end = time(NULL) + seconds;

		for (; world_calls < calls && time(NULL) < end; at++) {
			if (write(tell[1], &at, sizeof at) != sizeof at)
				_exit(2);
			program_random(&p, at);
			alarm(10); /* a program takes some milliseconds */
			world_run(p.bytes, p.len);
		}
		says();
		exit(world_calls < calls ? TOO_SLOW : 0);
	}
	close(tell[1]);
	while (read(tell[0], &at, sizeof at) == sizeof at)
		;
	waitpid(pid, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == TOO_SLOW)
		printf("too few calls in %d s\n", seconds);
	if (status == 0 || (WIFEXITED(status) && WEXITSTATUS(status) == TOO_SLOW))
		return status ? TOO_SLOW : 0;
	printf("the program of seed %u failed\n", at);
	fflush(stdout);
	program_random(&p, at);
	return shorten ? shrink(&p, SHORTEST) : 1;
}

/* What each core of the model machine is, for those who compare it with a board. */
static int cores(void)
{
	for (int i = 0; i < model_cores_n; i++)
		printf("%s coherent=%d shared=%d\n", model_cores[i].name, model_cores[i].coherent,
			model_cores[i].shared);
	return 0;
}

int main(int argc, char **argv)
{
	static struct program p;

	if (argc == 2 && !strcmp(argv[1], "cores"))
		return cores();
	if (argc == 5 && (!strcmp(argv[1], "check") || !strcmp(argv[1], "try")))
		return check(strtoul(argv[2], NULL, 0), atoi(argv[3]), (uint32_t)strtoul(argv[4], NULL, 0),
			!strcmp(argv[1], "check"));
	if ((argc == 2 || argc == 3) && !strcmp(argv[1], "found"))
		return found_run(argc == 3 ? argv[2] : NULL);
	if (argc == 3 && !strcmp(argv[1], "seed")) {
		program_random(&p, (uint32_t)strtoul(argv[2], NULL, 0));
		return program_fails(&p, true);
	}
	if (argc == 3 && !strcmp(argv[1], "chains")) {
		chains_run(strtoul(argv[2], NULL, 0));
		return 0;
	}
	if (argc == 3 && program_read(&p, argv[2])) {
		if (!strcmp(argv[1], "shrink"))
			return shrink(&p, SHORTEST);
		if (!strcmp(argv[1], "run"))
			return program_fails(&p, true);
	}
	fprintf(stderr, "usage: programs check|try CALLS SECONDS SEED | seed N | found [NAME] | chains N | run FILE | "
			"shrink FILE "
			"| cores\n");
	return 2;
}
