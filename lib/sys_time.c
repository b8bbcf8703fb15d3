/* SPDX-License-Identifier: ISC
 * newlib's system calls on time.  The machine has no clock of the day that the kernel knows: time begins at boot. */
#include <errno.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>
#include "clock.h"
#include "proc.h"

#define NS_PER_S 1000000000
#define S_MOST   (INT64_MAX / NS_PER_S / 2) /* so that no sum overflows */

int _gettimeofday(struct timeval *tv, void *zone);
int _gettimeofday(struct timeval *tv, void *zone)
{
	int64_t now = time_now();

	(void)zone;
	tv->tv_sec = (time_t)(now / NS_PER_S);
	tv->tv_usec = (suseconds_t)(now % NS_PER_S / 1000);
	return 0;
}

clock_t _times(struct tms *t);
clock_t _times(struct tms *t)
{
	clock_t now = (clock_t)(time_now() / (NS_PER_S / CLOCKS_PER_SEC));

	*t = (struct tms){.tms_utime = now};
	return now;
}

int clock_gettime(clockid_t clock, struct timespec *ts)
{
	int64_t now = time_now();

	(void)clock;
	ts->tv_sec = (time_t)(now / NS_PER_S);
	ts->tv_nsec = (long)(now % NS_PER_S);
	return 0;
}

/* Permits that come meanwhile are meant for something else: they are put back. */
static void sleep_until(int64_t at)
{
	int permits = 0;

	for (int64_t now = time_now(); now < at; now = time_now())
		permits += thread_park(at - now) == 0;
	if (permits)
		thread_unpark(thread_self());
}

int nanosleep(const struct timespec *len, struct timespec *rest)
{
	if (len->tv_nsec < 0 || len->tv_nsec >= NS_PER_S || len->tv_sec < 0) {
		errno = EINVAL;
		return -1;
	}
	sleep_until(time_now() + (len->tv_sec < S_MOST ? len->tv_sec : S_MOST) * NS_PER_S + len->tv_nsec);
	if (rest)
		*rest = (struct timespec){0};
	return 0;
}

int usleep(useconds_t us)
{
	sleep_until(time_now() + (int64_t)us * 1000);
	return 0;
}

unsigned sleep(unsigned s)
{
	sleep_until(time_now() + (int64_t)s * NS_PER_S);
	return 0;
}
