/* SPDX-License-Identifier: ISC
 * The PL011 as the kernel uses it (DDI 0183): a panic's output and nothing else; its driver is a user process. */
#include "arm.h"

#define UARTDR   0x00
#define UARTFR   0x18
#define UARTCR   0x30
#define FR_TXFF  0x20
#define CR_EN_TX 0x101

static volatile uint32_t *uart;

void uart_init(pa_t pa)
{
	uart = device_map(pa);
}

void uart_put(char c)
{
	if (!uart)
		return; /* it is too early to say anything */
	uart[UARTCR / 4] |= CR_EN_TX;
	while (uart[UARTFR / 4] & FR_TXFF)
		;
	uart[UARTDR / 4] = (uint8_t)c;
}
