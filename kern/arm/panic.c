/* SPDX-License-Identifier: ISC
 * The end: what a panic prints.  The registers, who ran, and the way there by name.  Trusts nothing that may be what is
 * broken: no lock, no stack but its own, and no address that does not lie where the kernel has something. */
#include "kern.h"
#include "arm.h"
#include "asm.h"
#include "cpu.h"
#include "regs.h"

#define DEPTH 24 /* callers that are named */

/** Registers at the panic; panic.S fills them. */
struct panic_regs {
	uint32_t r[16], cpsr;
} panic_regs;

_Static_assert(offsetof(struct panic_regs, cpsr) == 64, "panic.S");

/** The kernel's functions by address, from tools/ksyms. */
struct symbol {
	uint32_t at;
	const char *name;
};
extern const struct symbol ksyms_start[], ksyms_end[];

void panic_called(const char *what, uint32_t a, uint32_t b) __attribute__((noreturn));
void panic_trapped(void) __attribute__((noreturn));

/* ---- printing ---- */

static void print(const char *s)
{
	while (*s)
		uart_put(*s++);
}

static void print_digits(uint32_t n, int digits)
{
	print("0x");
	for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
		uart_put("0123456789abcdef"[n >> shift & 15]);
}

static void print_hex(uint32_t n)
{
	print_digits(n, 8);
}

/* Without leading zeros. */
static void print_offset(uint32_t n)
{
	int digits = 1;

	while (digits < 8 && n >> 4 * digits)
		digits++;
	print("+");
	print_digits(n, digits);
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

static void print_value(const char *name, uint32_t n)
{
	print(name);
	print_hex(n);
}

static void print_regs(const struct panic_regs *regs)
{
	for (unsigned i = 0; i < 16; i++) {
		print(i % 4 ? "  r" : "\r\n  r");
		print_dec(i);
		print_value(i < 10 ? "  " : " ", regs->r[i]);
	}
	print_value("\r\n  cpsr ", regs->cpsr);
	print_value("  dfsr ", dfsr_get());
	print_value("  dfar ", dfar_get());
	print_value("  ifsr ", ifsr_get());
}

/* ---- who, and how it came there ---- */

/* Whether `len` bytes at p are RAM that the kernel sees. */
static bool in_ram(const void *p, uint32_t len)
{
	uint32_t at = (uint32_t)((uintptr_t)p - (uintptr_t)phys_va(machine.ram_pa));

	return (uintptr_t)p % 4 == 0 && at < machine.ram_len && len <= machine.ram_len - at;
}

static void print_thread(const struct cpu *cpu)
{
	const struct thread *t = in_ram(cpu, sizeof *cpu) ? cpu->current : NULL;

	if (!in_ram(t, sizeof *t) || !in_ram(t->proc, sizeof *t->proc)) {
		print("\r\n  no thread");
		return;
	}
	print("\r\n  thread ");
	print_dec((uint32_t)t->id);
	print(" of process ");
	print_dec((uint32_t)t->proc->info.pid);
	print_value(", its pc ", t->r[15]);
	print(", call ");
	print_dec(t->r[12]);
}

/* The function that holds pc, and how far in it is. */
static void print_place(uint32_t pc)
{
	const struct symbol *s = NULL;
	unsigned n = (unsigned)(((uintptr_t)ksyms_end - (uintptr_t)ksyms_start) / sizeof *s);

	for (unsigned i = 0; i < n && ksyms_start[i].at <= pc; i++)
		s = &ksyms_start[i];
	print("\r\n  at ");
	if (s && text_holds(pc)) {
		print(s->name);
		print_offset(pc - s->at);
	} else {
		print_hex(pc);
	}
}

static void print_way(const struct panic_regs *regs, const struct cpu *cpu)
{
	uint32_t r[16], top = (uint32_t)(uintptr_t)cpu;

	for (unsigned i = 0; i < 16; i++)
		r[i] = regs->r[i];
	if (!text_holds(r[15])) { /* it jumped to nowhere */
		print_place(r[15]);
		r[15] = r[14];
	}
	for (unsigned n = 0; n < DEPTH && text_holds(r[15]); n++) {
		print_place(r[15]);
		if (!in_ram(cpu, sizeof *cpu) || !unwind_step(r, top - KERNEL_STACK, top))
			break;
	}
}

static void panic_show(const char *what, uint32_t a, uint32_t b)
{
	static bool before;

	if (!before) { /* and not again, should this trap too */
		before = true;
		print("\r\nmullion: panic: ");
		print(what);
		print_value(" ", a);
		print_value(" ", b);
		print_regs(&panic_regs);
		print_thread(cpu_here());
		print_way(&panic_regs, cpu_here());
		print("\r\n");
	}
}

/** From panic.S: the kernel found something that cannot be. */
void panic_called(const char *what, uint32_t a, uint32_t b)
{
	panic_regs.r[15] -= 4; /* the call, not what follows it: that may be another function */
	panic_show(what, a, b);
	machine_reset();
}

/** From panic.S: an exception in the kernel. */
void panic_trapped(void)
{
	panic_show("the kernel trapped: pc, fault address", panic_regs.r[15], dfar_get());
	machine_reset();
}

void machine_end(int status)
{
	if (status == 0)
		machine_reset(); /* that is how the machine is switched off */
	print("\r\nmullion: panic: the first process ended, status");
	print_value(" ", (uint32_t)status);
	print("\r\n");
	machine_reset();
}
