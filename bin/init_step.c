/* SPDX-License-Identifier: ISC
 * Work that takes long, in steps: what corpses left, ends that somebody waits to hear of, frames that came unasked.  The server does
 * each step between two messages.  How fast is the ticker's to say: a thread at the priority of ordinary programs that asks for the
 * next step whenever it gets to run, so that none of it takes time from who is above them. */
#include "init.h"
#include "memory.h"

#define STACK_LEN    (16 * 1024)
#define SWEEP_FRAMES 32
#define SWEEP_SLACK  256 /* frames more than at the last sweep that call for another one */

/* only the server thread */
static struct msg ticker; /* its call, while there is nothing to do */
static int ticker_waits;
static int sweeping; /* the frame that is looked at next, 0: none */
static int sweep_asked;
static long sweep_known; /* frames beside the store's that a sweep has seen */

/* ---- frames that came unasked ---- */

/** Whoever may send frames along with messages may also just give them: mapped nowhere and known to nobody here. */
static int frame_unknown(const struct frame *f)
{
	if (f->maps || f->kind == FRAME_PROC || f->kind == FRAME_THREAD)
		return 0;
	return !mem_has(f->pa) && !memory_has(f) && f->f_id != power_buffer() && f->f_id != boot_page->l1 &&
	       f->f_id != boot_page->archive;
}

static long frames_other(void)
{
	const struct proc_info *own = (const struct proc_info *)BOOT_INFO_VA;
	struct mem_info info;

	mem_info(&info);
	return own->frames - (long)info.frames;
}

static void sweep_end(void)
{
	sweeping = 0;
	sweep_asked = 0;
	sweep_known = frames_other();
}

static void sweep_step(void)
{
	struct frame f;
	int next;

	for (int n = 0; n < SWEEP_FRAMES && sweeping > 0; n++, sweeping = next) {
		next = frame_next(0, sweeping);
		if (frame_info(sweeping, &f) >= 0 && frame_unknown(&f))
			frame_home(sweeping);
	}
	if (sweeping <= 0)
		sweep_end();
}

/** Only while no frame is under way in init itself. */
static int sweep_due(void)
{
	if (!boot_done() || reap_due() || !zero_idle() || power_buffer() < 0)
		return 0;
	if (!sweeping && (sweep_asked || frames_other() > sweep_known + SWEEP_SLACK))
		sweeping = frame_next(0, 0);
	return sweeping != 0;
}

void sweep_ask(void)
{
	sweep_asked = 1;
}

/* ---- the ticker ---- */

static int step_due(void)
{
	return reap_due() || proc_due() || sweep_due();
}

static void step(void)
{
	if (reap_due())
		reap_step();
	else if (sweep_due())
		sweep_step();
	if (proc_due())
		proc_step();
}

void step_check(void)
{
	if (!ticker_waits || !step_due())
		return;
	ticker_waits = 0;
	msg_reply(ticker.from, &ticker);
}

void step_next(const struct msg *m)
{
	ticker = *m;
	ticker_waits = 1;
	step();
}

static void ticker_run(void *arg)
{
	struct msg m;

	(void)arg;
	thread_priority(0, PRIORITY_DEFAULT);
	for (;;) {
		m = (struct msg){.tag = OWN_STEP};
		msg_call(boot_page->pid, &m, -1);
	}
}

void step_start(void)
{
	thread_start(ticker_run, NULL, STACK_LEN);
}
