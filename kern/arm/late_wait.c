/* SPDX-License-Identifier: ISC
 * How long a higher priority waits for lower ones, measured in kernel-late.elf: from the moment that a thread of a level above
 * the one that is served becomes ready, or the interrupt that makes it so is pending, until it runs, or goes on with its own
 * call.  Finishing the operation of a lower one ("helping") is waiting, too, and told apart: it ends with that operation, while
 * all other waits end with a piece of it.  Who waits for his equals, or for what is above, is
 * not counted.  Looks at the scheduler only, and changes nothing of it. */
#include "late.h"

void __real_sched_add(struct thread *t);
void __real_turn_add(struct turn *turn, unsigned level, bool first);
void __real_turn_add_stale(struct turn *turn, unsigned level);
void __real_irq_dispatch(void);
bool __real_work_run(void);
void __wrap_sched_add(struct thread *t);
void __wrap_turn_add(struct turn *turn, unsigned level, bool first);
void __wrap_turn_add_stale(struct turn *turn, unsigned level);
void __wrap_irq_dispatch(void);
bool __wrap_work_run(void);

static uint64_t waits_since;   /* ticks; 0: nobody waits */
static uint32_t waits_for;     /* what was done then for a lower one */
static uint64_t pending_since; /* an interrupt may have been pending since then; 0: none was found */
static bool waits_helped;      /* a lower one's operation was gone on with meanwhile */
static bool foreign;           /* a piece of somebody else's operation is under way */

static struct {
	uint64_t ticks;
	uint32_t what;
} longest_wait[2]; /* without and with helping */

/* t was chosen, but will finish another's operation before it goes on with its own call, or runs. */
static bool helps(const struct thread *t)
{
	if (!work_busy() || work.caller == t)
		return false;
	return work.frozen[0] == t->proc || work.frozen[1] == t->proc || ((t->flags & TF_CALL) && !call_looks(t));
}

static int wanted(const struct thread *t)
{
	int top = sched_top(), level = t ? thread_level(t) : -1;

	return top > level ? top : level;
}

/* The level of whom the CPU works for; above all while it is nobody's, and the next is chosen. */
static int served(const struct thread *t, uint32_t *what)
{
	*what = late_doing();
	if (!foreign && !(t && helps(t)))
		return t ? thread_level(t) : PRIORITY_MAX;
	*what = work.caller ? work.caller->r[12] : DOING_ORPHAN;
	return work.caller ? thread_level(work.caller) : work.priority;
}

void wait_look(uint64_t since)
{
	const struct thread *t = cpu_here()->current;
	uint64_t now = timer_now();
	uint32_t what;

	if (wanted(t) > served(t, &what)) {
		if (!waits_since) {
			waits_since = since;
			waits_for = what;
			waits_helped = false;
		}
		waits_helped |= foreign || (t && helps(t));
		return;
	}
	if (!waits_since || (!t && sched_top() >= 0)) /* it is still to be chosen */
		return;
	if (now - waits_since > longest_wait[waits_helped].ticks) {
		longest_wait[waits_helped].ticks = now - waits_since;
		longest_wait[waits_helped].what = waits_for < DOINGS ? waits_for : DOING_FAULT;
	}
	waits_since = 0;
}

void wait_pending(uint64_t since)
{
	if (!pending_since)
		pending_since = since;
}

void wait_look_here(uint64_t since)
{
	uint64_t begun = timer_now();

	wait_look(since ? since : begun);
	late_skip(timer_now() - begun);
}

/* Somebody became ready. */
static void wait_ready(void)
{
	if (!waits_since)
		wait_look_here(pending_since);
}

void __wrap_sched_add(struct thread *t)
{
	__real_sched_add(t);
	wait_ready();
}

void __wrap_turn_add(struct turn *turn, unsigned level, bool first)
{
	__real_turn_add(turn, level, first);
	wait_ready();
}

void __wrap_turn_add_stale(struct turn *turn, unsigned level)
{
	__real_turn_add_stale(turn, level);
	wait_ready();
}

void __wrap_irq_dispatch(void)
{
	__real_irq_dispatch();
	pending_since = 0;
}

bool __wrap_work_run(void)
{
	bool done;

	foreign = work.caller != cpu_here()->current;
	if (foreign)
		wait_look_here(0);
	done = __real_work_run();
	foreign = false;
	return done;
}

void wait_report(void)
{
	static const char *const how[] = {"", "while it helped "};

	for (unsigned i = 0; i < 2; i++) {
		late_print("mullion: a higher priority waited for lower ones ");
		late_print(how[i]);
		late_print("for at most ");
		late_print_dec((uint32_t)time_ns(longest_wait[i].ticks));
		late_print(" ns, in ");
		late_print(longest_wait[i].ticks ? late_name(longest_wait[i].what) : "no call");
		late_print("\r\n");
	}
}
