/* SPDX-License-Identifier: ISC
 * BCM2835's interrupt controller by name, for the one that stands before it on BCM2836. */
#ifndef KERN_ARM_DEV_BCM2835_IRQC_H
#define KERN_ARM_DEV_BCM2835_IRQC_H

#define BCM2835_LINES 72

/** As the functions of struct irqc (arm.h), for lines below BCM2835_LINES. */
void bcm2835_init(void);
int bcm2835_claim(void);
void bcm2835_mask(int line);
void bcm2835_unmask(int line);

#endif
