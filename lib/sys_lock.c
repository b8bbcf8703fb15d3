/* SPDX-License-Identifier: ISC
 * newlib's locks around its heap and environment.  An object file of its own: crt0.S names them, so that they stand before
 * the empty ones of libc. */
#include <malloc.h>
#include <reent.h>
#include "self.h"

static struct rlock malloc_lock = RLOCK_INIT, env_lock = RLOCK_INIT;

void __malloc_lock(struct _reent *r)
{
	(void)r;
	rlock_lock(&malloc_lock);
}

void __malloc_unlock(struct _reent *r)
{
	(void)r;
	rlock_unlock(&malloc_lock);
}

void __env_lock(struct _reent *r);
void __env_lock(struct _reent *r)
{
	(void)r;
	rlock_lock(&env_lock);
}

void __env_unlock(struct _reent *r);
void __env_unlock(struct _reent *r)
{
	(void)r;
	rlock_unlock(&env_lock);
}
