/* SPDX-License-Identifier: ISC
 * Time: alarms and timeouts.  Owns the trees of timers, one a level, each a treap ordered by time whose heap order is random,
 * so that its depth does not depend on who arms what when.  Sets the machine's timer only when something is due: a deadline or
 * the end of a time slice that somebody waits for.
 *
 * What is due for a level below that of who runs waits until that stops (rule 11): one interrupt finds that out, and from then
 * on the levels below timer_floor have none, until somebody of a lower level is chosen (time_lower). */
#include "kern.h"

#define EXPIRE_AT_ONCE 8 /* timers that run between two looks for interrupts */
#define NS_PER_S       1000000000u

static struct timer *roots[PRIORITY_MAX + 1];
static struct timer *firsts[PRIORITY_MAX + 1]; /* the earliest of each level */
static uint32_t armed_bits;                    /* levels that have any */

/* ---- units ---- */

/* x * num / den without losing bits, for 32-bit num and den. */
static uint64_t scale(uint64_t x, uint32_t num, uint32_t den)
{
	return x / den * num + x % den * num / den;
}

uint64_t time_ticks(int64_t ns)
{
	return scale((uint64_t)ns, timer_hz(), NS_PER_S);
}

int64_t time_ns(uint64_t ticks)
{
	return (int64_t)scale(ticks, NS_PER_S, timer_hz());
}

uint64_t time_deadline(int64_t timeout)
{
	int64_t now = time_ns(timer_now());

	return timeout > INT64_MAX - now ? UINT64_MAX : time_ticks(now + timeout) + 1;
}

/* ---- the tree ---- */

/* No pattern in who arms what when may make a chain of the tree: so not the node's address, which a process chooses, but
 * a number that depends on all arming there ever was (xorshift). */
static uint32_t weight_next(void)
{
	static uint32_t state;

	if (!state)
		state = (uint32_t)timer_now() | 1;
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

static struct timer **slot_of(struct timer *t)
{
	if (!t->up)
		return &roots[t->level];
	return t->up->left == t ? &t->up->left : &t->up->right;
}

/* Child c of its parent p takes p's place. */
static void rotate_up(struct timer *c)
{
	struct timer *p = c->up, *inner;

	*slot_of(p) = c;
	c->up = p->up;
	if (p->left == c) {
		inner = p->left = c->right;
		c->right = p;
	} else {
		inner = p->right = c->left;
		c->left = p;
	}
	p->up = c;
	if (inner)
		inner->up = p;
}

static struct timer *leftmost(struct timer *t)
{
	while (t && t->left)
		t = t->left;
	return t;
}

static struct timer *successor(struct timer *t)
{
	if (t->right)
		return leftmost(t->right);
	while (t->up && t->up->right == t)
		t = t->up;
	return t->up;
}

void timer_cancel(struct timer *t)
{
	struct timer *child;

	if (!t->armed)
		return;
	if (t == firsts[t->level]) {
		firsts[t->level] = successor(t);
		if (!firsts[t->level])
			armed_bits &= ~(1u << t->level);
	}
	while (t->left && t->right)
		rotate_up(t->left->weight < t->right->weight ? t->left : t->right);
	child = t->left ? t->left : t->right;
	*slot_of(t) = child;
	if (child)
		child->up = t->up;
	t->armed = false;
}

void timer_arm(struct timer *t, uint64_t at, int level)
{
	struct timer **slot = &roots[level], *up = NULL;

	timer_cancel(t);
	t->at = at;
	t->level = (uint8_t)level;
	t->weight = weight_next();
	t->armed = true;
	while (*slot) {
		up = *slot;
		slot = at < up->at ? &up->left : &up->right;
	}
	*slot = t;
	t->up = up;
	t->left = t->right = NULL;
	while (t->up && t->weight < t->up->weight)
		rotate_up(t);
	if (!firsts[level] || at < firsts[level]->at) {
		firsts[level] = t;
		armed_bits |= 1u << level;
		time_program();
	}
}

/* ---- the machine's timer ---- */

/* Levels from `level` on that have a timer. */
static uint32_t armed_from(int level)
{
	return armed_bits & ~0u << level;
}

void time_program(void)
{
	struct cpu *cpu = cpu_here();
	uint64_t at = cpu->slice_end ? cpu->slice_end : UINT64_MAX;

	for (uint32_t bits = armed_from(cpu->timer_floor); bits; bits &= bits - 1) {
		const struct timer *t = firsts[__builtin_ctz(bits)];

		if (t->at < at)
			at = t->at;
	}
	if (at == cpu->timer_at)
		return;
	cpu->timer_at = at;
	if (at == UINT64_MAX)
		timer_stop();
	else
		timer_set(at);
}

static void timer_run(struct timer *t)
{
	struct thread *thread;
	struct proc *p;

	if (t->bit == TIMER_THREAD) {
		thread = container_of(t, struct thread, timer);
		thread->flags &= (uint8_t)~TF_ONEWAY;
		thread_wake(thread, ERR_TIMEOUT);
		return;
	}
	p = container_of(t - t->bit, struct proc, alarms[0]);
	proc_notify(p, 1u << t->bit);
}

/* What is due at `floor` and above, the highest level first; some of it: whether there was any. */
static bool due_run(int floor)
{
	uint64_t now = timer_now();
	unsigned n = 0;

	for (uint32_t bits = armed_from(floor); bits && n < EXPIRE_AT_ONCE;) {
		unsigned level = 31 - (unsigned)__builtin_clz(bits);
		struct timer *t = firsts[level];

		if (!t || t->at > now) {
			bits &= ~(1u << level);
			continue;
		}
		timer_cancel(t);
		timer_run(t);
		n++;
	}
	return n != 0;
}

bool time_expire(int level)
{
	struct cpu *cpu = cpu_here();
	bool any;

	cpu->timer_at = UINT64_MAX;
	timer_stop();
	cpu->timer_floor = level < 0 ? 0 : level;
	any = due_run(cpu->timer_floor);
	if (cpu->slice_end && cpu->slice_end <= timer_now())
		cpu->resched = 1;
	time_program();
	return any;
}

bool time_lower(int level)
{
	struct cpu *cpu = cpu_here();
	int floor = level < 0 ? 0 : level;
	bool any;

	if (floor >= cpu->timer_floor)
		return false;
	any = due_run(floor);
	if (!any)
		cpu->timer_floor = floor;
	time_program();
	return any;
}

/* ---- calls ---- */

int call_time_now(void)
{
	int64_t ns = time_ns(timer_now());

	current()->r[0] = (uint32_t)ns;
	current()->r[1] = (uint32_t)((uint64_t)ns >> 32);
	return (int)(uint32_t)ns;
}

int call_time_alarm(uint32_t low, uint32_t high, int bit)
{
	int64_t at = (int64_t)((uint64_t)high << 32 | low);
	uint64_t ticks = at < 0 ? 0 : time_ticks(at);

	if (bit < 0 || bit >= ALARMS)
		return ERR_RANGE;
	timer_cancel(&me()->alarms[bit]);
	if (at >= 0 && ticks < timer_now())
		proc_notify(me(), 1u << bit);
	else if (at >= 0)
		timer_arm(&me()->alarms[bit], ticks + 1, me()->info.priority);
	return 0;
}
