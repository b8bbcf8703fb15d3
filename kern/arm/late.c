/* SPDX-License-Identifier: ISC
 * How long interrupts are off (rule 9), measured in a build of its own: on every way into the kernel, from there or from
 * the last look for a pending interrupt to the next look or the way out.  The longest stretch, and the longest of every
 * other call whose is longer than LATE_MAX, are printed when the first process ends.  Under ICOUNT=1 a nanosecond is an instruction. */
#include "kern.h"
#include "arm.h"

struct symbol {
	uint32_t at;
	const char *name;
};
extern const struct symbol ksyms_start[], ksyms_end[];

extern const call_fn __real_call_table[], __real_call_table_busy[];
struct thread *__real_sched_leave(void);
void __real_trap_data(void);
void __real_trap_prefetch(void);
void __real_trap_undefined(void);
bool __real_irq_pending(void);
void __real_cpu_idle(void);
void __real_machine_end(int status) __attribute__((noreturn));
struct thread *__wrap_sched_leave(void);
struct thread *__real_irq_enter(void);
struct thread *__wrap_irq_enter(void);
void __wrap_trap_data(void);
void __wrap_trap_prefetch(void);
void __wrap_trap_undefined(void);
bool __wrap_irq_pending(void);
void __wrap_cpu_idle(void);
void __wrap_machine_end(int status) __attribute__((noreturn));

/* A stretch: when it began, and where; 0: the kernel is not at work. */
static uint64_t began;
static uintptr_t began_at;
static uint32_t doing; /* the call, or one of these */
enum { DOING_FAULT = CALL_LIMIT, DOING_INTERRUPT, DOINGS };

#define LATE_MAX 3000 /* ns */

static struct stretch {
	uint64_t ticks;
	uintptr_t from, to;
} longest[DOINGS];

static void stretch_begin(uint32_t what, uintptr_t at)
{
	if (began)
		return;
	doing = what;
	began_at = at;
	began = timer_now();
}

static void stretch_end(uintptr_t at)
{
	uint64_t ticks = timer_now() - began;

	if (ticks > longest[doing].ticks)
		longest[doing] = (struct stretch){ticks, began_at, at};
	began = 0;
}

/* Back to user mode, unless the scheduler is to choose first. */
static void stretch_leave(uintptr_t at)
{
	if (!cpu_here()->resched)
		stretch_end(at);
}

bool __wrap_irq_pending(void)
{
	uintptr_t here = (uintptr_t)__builtin_return_address(0);
	bool pending = __real_irq_pending();

	if (!began)
		return pending;
	stretch_end(here);
	stretch_begin(doing, here);
	return pending;
}

void __wrap_cpu_idle(void)
{
	stretch_end((uintptr_t)__builtin_return_address(0));
	__real_cpu_idle();
	stretch_begin(DOING_INTERRUPT, (uintptr_t)__builtin_return_address(0));
}

/* It may have left by way of the scheduler. */
struct thread *__wrap_irq_enter(void)
{
	struct thread *t;

	stretch_begin(DOING_INTERRUPT, (uintptr_t)__wrap_irq_enter);
	t = __real_irq_enter();
	if (began)
		stretch_end((uintptr_t)__wrap_irq_enter);
	return t;
}

struct thread *__wrap_sched_leave(void)
{
	struct thread *t;

	stretch_begin(DOING_INTERRUPT, (uintptr_t)__wrap_sched_leave);
	t = __real_sched_leave();
	stretch_end((uintptr_t)__wrap_sched_leave);
	return t;
}

#define TRAP(name)                                                                                                     \
	void __wrap_##name(void)                                                                                       \
	{                                                                                                              \
		stretch_begin(DOING_FAULT, (uintptr_t)__real_##name);                                                  \
		__real_##name();                                                                                       \
		stretch_leave((uintptr_t)__real_##name);                                                               \
	}

TRAP(trap_data)
TRAP(trap_prefetch)
TRAP(trap_undefined)

/* From trap.S, or from a batch or the scheduler that does it again: then the stretch goes on. */
static int late_call(const call_fn *table, uint32_t number, const uint32_t *a)
{
	bool inner = began != 0;
	int result;

	stretch_begin(number, (uintptr_t)table[number]);
	doing = number;
	result = table[number](a[0], a[1], a[2], a[3], a[4], a[5]);
	if (!inner)
		stretch_leave((uintptr_t)table[number]);
	return result;
}

#define X(name, number, stub, book, text)                                                                              \
	static int late_##name(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f)                 \
	{                                                                                                              \
		return late_call(__real_call_table, number, (uint32_t[]){a, b, c, d, e, f});                           \
	}                                                                                                              \
	static int busy_##name(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f)                 \
	{                                                                                                              \
		return late_call(__real_call_table_busy, number, (uint32_t[]){a, b, c, d, e, f});                      \
	}
#include "call.def"
#undef X

extern const call_fn __wrap_call_table[], __wrap_call_table_busy[];

const call_fn __wrap_call_table[CALL_LIMIT] = {
#define X(name, number, stub, book, text) [number] = late_##name,
#include "call.def"
#undef X
};

const call_fn __wrap_call_table_busy[CALL_LIMIT] = {
#define X(name, number, stub, book, text) [number] = busy_##name,
#include "call.def"
#undef X
};

/* ---- the report ---- */

static const char *const call_names[CALL_LIMIT] = {
#define X(name, number, stub, book, text) [number] = #name,
#include "call.def"
#undef X
};

static void print(const char *s)
{
	while (*s)
		uart_put(*s++);
}

static void print_dec(uint32_t n)
{
	char digits[10];
	int i = 0;

	do
		digits[i++] = (char)('0' + n % 10);
	while (n /= 10);
	while (i)
		uart_put(digits[--i]);
}

static const char *place(uintptr_t pc)
{
	unsigned n = (unsigned)(((uintptr_t)ksyms_end - (uintptr_t)ksyms_start) / sizeof *ksyms_start), i = 0;

	while (i + 1 < n && ksyms_start[i + 1].at <= pc)
		i++;
	return ksyms_start[i].name;
}

static void report(uint32_t what, const char *how)
{
	const struct stretch *s = &longest[what];

	print("mullion: interrupts were off for ");
	print(how);
	print_dec((uint32_t)time_ns(s->ticks));
	print(" ns, in ");
	print(what < CALL_LIMIT ? call_names[what] : what == DOING_FAULT ? "a fault" : "an interrupt");
	print(", from ");
	print(place(s->from));
	print(" to ");
	print(place(s->to));
	print("\r\n");
}

void __wrap_machine_end(int status)
{
	uint32_t most = 0;

	for (uint32_t i = 1; i < DOINGS; i++)
		if (longest[i].ticks > longest[most].ticks)
			most = i;
	print("\r\n");
	for (uint32_t i = 0; i < DOINGS; i++)
		if (i != most && time_ns(longest[i].ticks) > LATE_MAX)
			report(i, "");
	report(most, "at most ");
	__real_machine_end(status);
}
