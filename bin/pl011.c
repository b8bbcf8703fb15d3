/* SPDX-License-Identifier: ISC
 * pl011: the console driver: an ARM PL011 UART (ARM DDI 0183), driven by its interrupt.  What clients write goes to a
 * queue, and a writer whose bytes do not fit is answered when they do; readers wait in turn.  It never waits
 * for a client, and after its start never asks anybody for anything. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include "pl011_line.h"
#include "waiter.h"
#include "window.h"

/* Registers, in words. */
#define UART_DR      0
#define UART_FR      (0x18 / 4)
#define UART_IBRD    (0x24 / 4)
#define UART_FBRD    (0x28 / 4)
#define UART_LCRH    (0x2c / 4)
#define UART_CR      (0x30 / 4)
#define UART_IMSC    (0x38 / 4)
#define UART_ICR     (0x44 / 4)

#define FR_BUSY      (1u << 3)
#define FR_RXFE      (1u << 4)
#define FR_TXFF      (1u << 5)
#define LCRH_FIFO    (1u << 4)
#define LCRH_8N1     (3u << 5)
#define CR_ENABLE    (1u << 0 | 1u << 8 | 1u << 9)
#define INT_RX       (1u << 4 | 1u << 6) /* level, and time-out */
#define INT_TX       (1u << 5)
#define INT_ALL      0x7ffu

#define BAUD_DIVISOR 833 /* 64ths of 24 MHz / (16 * 115200) */

#define BIT_IRQ      0
#define BIT_DRAIN    1
#define DRAIN_LOOK   1000000 /* ns: about what ten bytes take */

#define OUT_RING     16384
#define CTRL_C       3

static volatile uint32_t *uart;
static int irq;

static char out[OUT_RING];
static uint32_t out_read, out_end; /* count bytes for ever */

static struct queue readers, writers, drains;
static int intr_pid, intr_bit; /* who is told of Ctrl-C; pid 0: nobody */

/* ---- writing ---- */

/** Moves bytes from the queue to the device; its interrupt asks for more while there are any. */
static void out_pump(void)
{
	while (out_read != out_end && !(uart[UART_FR] & FR_TXFF))
		uart[UART_DR] = (uint8_t)out[out_read++ % OUT_RING];
	if (out_read != out_end)
		uart[UART_IMSC] |= INT_TX;
	else
		uart[UART_IMSC] &= ~INT_TX;
}

/** Queues bytes, a line feed as two; how many of them. */
static size_t out_put(const char *text, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (OUT_RING - (out_end - out_read) < 2)
			out_pump();
		if (OUT_RING - (out_end - out_read) < 2)
			break;
		if (text[i] == '\n')
			out[out_end++ % OUT_RING] = '\r';
		out[out_end++ % OUT_RING] = text[i];
	}
	out_pump();
	return i;
}

static void out_echo(const char *text, size_t n)
{
	out_put(text, n); /* what does not fit is seen no worse than on a slow line */
}

static int interrupt(void);
static struct line line = {.echo = out_echo, .interrupt = interrupt};

/** Queues what fits of a writer's bytes.  0: all of them were, or will never be: the answer is in *tag. */
static int writer_pump(struct waiter *w, int *tag)
{
	size_t len = w->len;
	char *text = w->frame ? window_open(w->frame, &len) : w->small;

	*tag = ERR_FRAME;
	if (!text)
		return 0;
	w->len = len;
	w->done += out_put(text + w->done, w->len - w->done);
	if (w->frame)
		window_close(text, len);
	*tag = (int)w->len;
	return w->done < w->len;
}

static void writers_pump(void)
{
	struct msg m = {0};
	int tag;

	while (writers.first && !writer_pump(writers.first, &tag)) {
		waiter_answer(writers.first, &m, tag);
		queue_drop(&writers);
	}
}

/** Answers who waits for silence; looks again a little later while the last bytes are on the line. */
static void drains_pump(void)
{
	struct msg m = {0};

	if (!drains.first || out_read != out_end || writers.first)
		return;
	if (uart[UART_FR] & FR_BUSY) {
		time_alarm(time_now() + DRAIN_LOOK, BIT_DRAIN);
		return;
	}
	while (drains.first) {
		waiter_answer(drains.first, &m, 0);
		queue_drop(&drains);
	}
}

/* ---- reading ---- */

static void reader_answer(const struct waiter *w)
{
	struct msg m = {0};
	size_t len = w->len, n;
	char *buf = w->frame ? window_open(w->frame, &len) : (char *)m.word;
	uint32_t used;

	if (!buf) {
		waiter_answer(w, &m, ERR_FRAME);
		return;
	}
	n = line_peek(&line, buf, len, &used);
	if (w->frame)
		window_close(buf, len);
	if (waiter_answer(w, &m, (int)n))
		line_drop(&line, used); /* only what was delivered is gone */
}

static void readers_pump(void)
{
	while (readers.first && line_is_ready(&line)) {
		reader_answer(readers.first);
		queue_drop(&readers);
	}
}

/** Ctrl-C as a signal.  0: nobody wants it, it is a byte like others. */
static int interrupt(void)
{
	if (!intr_pid || msg_notify(intr_pid, 1u << intr_bit) < 0) {
		intr_pid = 0;
		return 0;
	}
	if (!line.raw)
		line_cancel(&line);
	return 1;
}

static int in_can(void)
{
	return !(uart[UART_FR] & FR_RXFE) && !line_is_full(&line);
}

/** Turns the FIFOs on.  That empties them: so only while the receiver is empty, and nothing is on its way out.  What was typed
 * before the driver began is in the receiver, and whoever sends holds back the rest until that is read. */
static void fifo_start(void)
{
	if (uart[UART_LCRH] & LCRH_FIFO || uart[UART_FR] & FR_BUSY)
		return;
	uart[UART_CR] = 0;
	if (uart[UART_FR] & FR_RXFE)
		uart[UART_LCRH] = LCRH_8N1 | LCRH_FIFO;
	uart[UART_CR] = CR_ENABLE;
}

/** Takes in what was typed; while nobody reads it and the line is full, the rest waits in the device. */
static void in_pump(void)
{
	while (in_can()) {
		while (in_can()) {
			uint8_t c = (uint8_t)uart[UART_DR];

			if (c != CTRL_C || !interrupt())
				line_input(&line, c);
		}
		readers_pump();
	}
	fifo_start();
	if (line_is_full(&line))
		uart[UART_IMSC] &= ~INT_RX;
	else
		uart[UART_IMSC] |= INT_RX;
}

/* ---- requests ---- */

static void serve_read(struct msg *m)
{
	size_t len = m->word[1];

	if (!m->frame && len > READ_SMALL)
		len = READ_SMALL;
	if (!len)
		answer(m->from, m, 0);
	else if (!queue_add(&readers, m, len))
		answer(m->from, m, PROTO_ERRNO(ENOMEM));
	readers_pump();
	in_pump();
}

static void serve_write(struct msg *m)
{
	size_t len = m->word[1];

	if (!m->frame && len > WAITER_SMALL)
		answer(m->from, m, ERR_RANGE);
	else if (!len)
		answer(m->from, m, 0);
	else if (!queue_add(&writers, m, len))
		answer(m->from, m, PROTO_ERRNO(ENOMEM));
	writers_pump();
}

static void serve_stat(struct msg *m)
{
	m->word[0] = S_IFCHR | 0620;
	m->word[1] = m->word[2] = m->word[3] = 0;
	answer(m->from, m, 0);
}

static void serve_mode(struct msg *m)
{
	int old = line_set_raw(&line, m->word[0] != 0);

	m->word[0] = (uint32_t)old;
	answer(m->from, m, old);
	readers_pump();
}

static void serve_intr(struct msg *m)
{
	int bit = (int)m->word[0];

	if (bit > 31) {
		answer(m->from, m, ERR_RANGE);
		return;
	}
	intr_pid = bit < 0 ? 0 : m->pid;
	intr_bit = bit;
	answer(m->from, m, 0);
}

static void serve(struct msg *m)
{
	waiters_forget(m->from);
	switch (m->tag) {
	case IO_READ:
		serve_read(m);
		break;
	case IO_WRITE:
		serve_write(m);
		break;
	case IO_STAT:
		serve_stat(m);
		break;
	case IO_OPEN:
		m->word[0] = 1;
		m->word[1] = IO_IS_CONSOLE;
		answer(m->from, m, 0);
		break;
	case IO_CLOSE:
	case IO_SHARE:
		answer(m->from, m, 0);
		break;
	case IO_SEEK:
		answer(m->from, m, PROTO_ERRNO(ESPIPE));
		break;
	case CON_MODE:
		serve_mode(m);
		break;
	case CON_INTR:
		serve_intr(m);
		break;
	case CON_DRAIN:
		if (!queue_add(&drains, m, 0))
			answer(m->from, m, PROTO_ERRNO(ENOMEM));
		break;
	default:
		answer(m->from, m, ERR_CALL);
	}
}

static void serve_interrupt(void)
{
	uart[UART_ICR] = INT_ALL;
	in_pump();
	out_pump();
	writers_pump();
	irq_ack(irq);
}

/** Gets the device from init and sets it up.  0, or ERR_…. */
static int uart_start(void)
{
	struct msg m = {.tag = INIT_DEVICE};
	int init = name_lookup("init"), r;

	strcpy((char *)m.word, "pl011");
	r = init < 0 ? init : msg_call(init, &m, -1);
	if (r >= 0 && m.tag < 0)
		r = m.tag;
	if (r < 0)
		return r;
	irq = (int)m.word[0];
	uart = vm_map(m.frame, 0, PAGE_SIZE, F_MAP_READ | F_MAP_WRITE);
	if (!uart)
		return vm_error();
	uart[UART_CR] = 0;
	uart[UART_ICR] = INT_ALL;
	uart[UART_IBRD] = BAUD_DIVISOR / 64;
	uart[UART_FBRD] = BAUD_DIVISOR % 64;
	uart[UART_LCRH] = LCRH_8N1 | (uart[UART_LCRH] & LCRH_FIFO); /* the divisor counts from here */
	uart[UART_CR] = CR_ENABLE;
	in_pump();
	return irq_bind(irq, BIT_IRQ);
}

int main(void)
{
	struct msg m;

	frame_allow(0, ALLOW_SEND | ALLOW_GIVE);
	if (uart_start() < 0 || name_register("console") < 0)
		return 1;
	for (;;) {
		if (msg_recv(&m, -1) < 0)
			continue;
		if (m.tag != MSG_NOTIFY || m.from)
			serve(&m);
		else if (m.word[0] & 1u << BIT_IRQ)
			serve_interrupt();
		drains_pump();
	}
}
