/* SPDX-License-Identifier: ISC
 * Simple commands: assignments, then a function, a builtin or a program. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "sh.h"
#include "sh_os.h"

struct var_saved *locals;

/** Makes assignments; with saved, keeps what was.  -1 after a mistake. */
static int assign(const struct word *w, struct var_saved **saved, int flags)
{
	for (; w && !sh.flow; w = w->next) {
		char *eq = strchr(w->text, '='), *name, *value;
		int failed;

		name = mem_text(w->text, (size_t)(eq - w->text));
		value = expand_string(eq + 1);
		if (saved && !sh.flow)
			*saved = var_save(*saved, name);
		failed = !sh.flow && var_set(name, value) < 0;
		if (!failed && !sh.flow && flags)
			var_mark(name, flags);
		mem_free(name);
		mem_free(value);
		if (failed)
			return -1;
	}
	return sh.flow ? -1 : 0;
}

static void trace(const struct list *words, const struct word *assigns)
{
	struct str text = {0};
	size_t i;

	str_putc(&text, '+');
	for (; assigns; assigns = assigns->next)
		str_printf(&text, " %s", assigns->text);
	for (i = 0; i < words->n; i++)
		str_printf(&text, " %s", words->v[i]);
	str_putc(&text, '\n');
	err_text(str_text(&text));
	str_free(&text);
}

static int is_file(const char *path)
{
	struct stat st;

	return !stat(path, &st) && !S_ISDIR(st.st_mode);
}

int program_find(const char *name, struct str *path)
{
	const char *dirs = var_get("PATH");

	if (strchr(name, '/')) {
		str_puts(path, name);
		return is_file(name);
	}
	for (dirs = dirs ? dirs : "/bin"; *dirs;) {
		size_t n = strcspn(dirs, ":");

		path->n = 0;
		str_add(path, dirs, n);
		str_printf(path, "%s%s", n ? "/" : "", name);
		if (is_file(str_text(path)))
			return 1;
		dirs += n + (dirs[n] == ':');
	}
	return 0;
}

/** 1 if the file is no program of the machine's, and so a script. */
static int is_script(const char *path)
{
	char magic[4] = {0};
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, magic, sizeof magic);

	if (fd >= 0)
		close(fd);
	return n >= 0 && (n < 4 || memcmp(magic, "\177ELF", 4) != 0);
}

/** Starts path with the shell's files as they are now. */
static int spawn_now(const char *path, struct list *argv)
{
	struct list env = {0}, script = {0};
	int fds[SH_FDS], pid, failed;
	size_t i, n = 3;

	out_flush();
	for (i = 0; i < SH_FDS; i++) {
		fds[i] = real_fd(sh.fd[i]);
		if (fds[i] >= 0 && i >= n)
			n = i + 1;
	}
	vars_environ(&env);
	if (sh.flow) {
		list_free(&env);
		return -1;
	}
	pid = os_spawn(path, list_argv(argv), list_argv(&env), fds, n);
	failed = errno;
	if (pid < 0 && is_script(path)) {
		list_add(&script, os_shell());
		list_add(&script, path);
		for (i = 1; i < argv->n; i++)
			list_add(&script, argv->v[i]);
		pid = os_spawn(os_shell(), list_argv(&script), list_argv(&env), fds, n);
		failed = errno;
		list_free(&script);
	}
	list_free(&env);
	errno = failed;
	return pid;
}

int program_start(struct list *words, const struct word *assigns)
{
	struct var_saved *saved = NULL;
	struct str path = {0};
	int pid = -127;

	if (assign(assigns, &saved, VAR_EXPORT) < 0) {
		pid = -1;
	} else if (!program_find(words->v[0], &path)) {
		int there = strchr(words->v[0], '/') && !access(words->v[0], F_OK);

		complain("%s: %s", words->v[0], there ? "not a program" : "not found");
		pid = there ? -126 : -127;
	} else {
		pid = spawn_now(str_text(&path), words);
		if (pid < 0 && !sh.flow) {
			complain("%s: %s", words->v[0], os_error());
			pid = -126;
		}
	}
	str_free(&path);
	var_restore(saved);
	return pid;
}

int command_inside(const char *name)
{
	return func_get(name) || builtin_get(name);
}

static int call_function(struct node *body, struct list *words)
{
	struct list args = {0}, *outer = sh.args;
	struct var_saved *above = locals;
	int loops = sh.loops;
	size_t i;

	for (i = 1; i < words->n; i++)
		list_add(&args, words->v[i]);
	/* A function may define itself anew while it runs. */
	arena_hold(body->arena);
	sh.args = &args;
	sh.loops = 0;
	sh.functions++;
	exec_node(body);
	sh.functions--;
	sh.loops = loops;
	sh.args = outer;
	if (sh.flow == FLOW_RETURN)
		sh.flow = FLOW_ON;
	locals_drop(above);
	arena_drop(body->arena);
	list_free(&args);
	return sh.status;
}

static int call_builtin(const struct builtin *b, struct list *words)
{
	int status = b->run((int)words->n, words->v);

	if (out_flush() < 0) {
		/* The reader of a pipe that has gone ends its writer. */
		if (errno == EPIPE && !sh.flow)
			sh.flow = FLOW_EXIT;
		else if (errno != EPIPE)
			complain("%s: %s", words->v[0], strerror(errno));
		status = errno == EPIPE ? 141 : 1;
	}
	return status;
}

/** A function or builtin, under what is assigned before it. */
static int exec_inside(struct node *n, struct list *words)
{
	const struct builtin *b = builtin_get(words->v[0]);
	struct node *function = b && b->special ? NULL : func_get(words->v[0]);
	struct var_saved *saved = NULL;
	int keep = b && b->special && !function, status = 1;

	if (!assign(n->assigns, keep ? NULL : &saved, VAR_EXPORT))
		status = function ? call_function(function, words) : call_builtin(b, words);
	else if (sh.flow)
		status = sh.status;
	var_restore(saved);
	return status;
}

static int exec_outside(struct node *n, struct list *words)
{
	struct job *j = job_new();

	job_add(j, program_start(words, n->assigns));
	return job_wait(j);
}

/** Assignments and redirections alone. */
static int exec_bare(struct node *n)
{
	if (assign(n->assigns, NULL, 0) < 0)
		return sh.flow ? sh.status : 2;
	return sh.subst_status < 0 ? 0 : sh.subst_status;
}

int exec_command(struct node *n, struct list *words)
{
	const struct builtin *b = words->n ? builtin_get(words->v[0]) : NULL;
	struct redir_saved saved;
	int status;

	if (sh.xtrace)
		trace(words, n->assigns);
	if (redir_make(n->redirs, &saved) < 0)
		return sh.flow ? sh.status : status_set(2);
	if (!words->n)
		status = exec_bare(n);
	else if (command_inside(words->v[0]))
		status = exec_inside(n, words);
	else
		status = exec_outside(n, words);
	if (b && b->run == do_exec && words->n == 1)
		redir_keep(&saved);
	else
		redir_undo(&saved);
	return sh.flow && sh.flow != FLOW_EXIT && sh.flow != FLOW_ABORT ? sh.status = status : status_set(status);
}

int exec_simple(struct node *n)
{
	struct list words = {0};

	sh.subst_status = -1;
	expand_words(n->words, &words);
	if (!sh.flow)
		exec_command(n, &words);
	list_free(&words);
	return sh.status;
}
