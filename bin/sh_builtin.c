/* SPDX-License-Identifier: ISC
 * The builtins of the language, and the table in which all builtins are found by name. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"
#include "sh_os.h"

static const struct builtin **table; /* sorted by name */
static size_t table_n;

static int by_name(const void *a, const void *b)
{
	return strcmp((*(const struct builtin *const *)a)->name, (*(const struct builtin *const *)b)->name);
}

void builtins_add(const struct builtin *more, size_t n)
{
	const struct builtin **all = mem_get((table_n + n) * sizeof *all);
	size_t i;

	if (table_n)
		memcpy(all, table, table_n * sizeof *all);
	for (i = 0; i < n; i++)
		all[table_n + i] = &more[i];
	mem_free(table);
	table = all;
	table_n += n;
	qsort(table, table_n, sizeof *table, by_name);
}

const struct builtin *builtin_get(const char *name)
{
	const struct builtin key = {.name = name}, *k = &key, **found;

	found = bsearch(&k, table, table_n, sizeof *table, by_name);
	return found ? *found : NULL;
}

void builtins_match(const char *start, struct list *out)
{
	size_t i;

	for (i = 0; i < table_n; i++)
		if (!strncmp(table[i]->name, start, strlen(start)))
			list_add(out, table[i]->name);
}

int usage(const char *name)
{
	const struct builtin *b = builtin_get(name);

	complain("usage: %s %s", name, b ? b->usage : "");
	return 2;
}

static const char *builtin_text(const struct builtin *b)
{
	const char *text = b->text ? b->text : os_call_text(b->call);

	return text ? text : "";
}

static int do_true(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return 0;
}

static int do_false(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return 1;
}

static int do_cd(int argc, char **argv)
{
	const char *to = argc > 1 ? argv[1] : var_get("HOME");
	int back = to && !strcmp(to, "-");
	char cwd[512];

	if (back)
		to = var_get("OLDPWD");
	to = to ? to : "/";
	if (chdir(to) < 0) {
		complain("cd: %s: %s", to, strerror(errno));
		return 2;
	}
	if (back)
		outf("%s\n", to);
	if (var_get("PWD"))
		var_set("OLDPWD", var_get("PWD"));
	return getcwd(cwd, sizeof cwd) && var_set("PWD", cwd) < 0;
}

int do_pwd(int argc, char **argv)
{
	char cwd[512];

	(void)argc;
	(void)argv;
	if (!getcwd(cwd, sizeof cwd)) {
		complain("pwd: %s", strerror(errno));
		return 1;
	}
	outf("%s\n", cwd);
	return 0;
}

int number_arg(const char *word, const char *text)
{
	int64_t n;

	if (!number_parse(text, strlen(text), &n)) {
		complain("%s: %s: not a number", word, text);
		return -1;
	}
	if (n < 0 || n > INT32_MAX) {
		complain("%s: %s: not between 0 and 2147483647", word, text);
		return -1;
	}
	return (int)n;
}

/** The status that exit and return are told; -1 after a mistake, which leaves the command. */
static int status_arg(int argc, char **argv)
{
	int status = argc > 1 ? number_arg(argv[0], argv[1]) : sh.status;

	if (status > 255)
		complain("%s: %s: not between 0 and 255", argv[0], argv[1]);
	if (status >= 0 && status <= 255)
		return status;
	flow_fail();
	return -1;
}

static int do_exit(int argc, char **argv)
{
	int status = status_arg(argc, argv);

	if (status < 0)
		return sh.status;
	sh.flow = FLOW_EXIT;
	return sh.status = status;
}

static int do_return(int argc, char **argv)
{
	int status = status_arg(argc, argv);

	if (status < 0)
		return sh.status;
	sh.flow = FLOW_RETURN;
	return status;
}

static int do_break(int argc, char **argv)
{
	int n = argc > 1 ? number_arg(argv[0], argv[1]) : 1;

	if (n < 1) {
		if (!n)
			complain("%s: 0: there is no such loop", argv[0]);
		return 2;
	}
	if (!sh.loops)
		return 0;
	sh.flow = argv[0][0] == 'b' ? FLOW_BREAK : FLOW_CONTINUE;
	sh.flow_n = n < sh.loops ? n : sh.loops;
	return 0;
}

static int do_eval(int argc, char **argv)
{
	struct str text = {0};
	int i;

	for (i = 1; i < argc; i++)
		str_printf(&text, "%s%s", i > 1 ? " " : "", argv[i]);
	sh.status = 0;
	exec_text(str_text(&text), text.n);
	str_free(&text);
	return sh.status;
}

/** `. file`: a name without a / is looked for in $PATH, too. */
static int do_dot(int argc, char **argv)
{
	struct str path = {0};
	struct list *outer = sh.args, args = {0};
	int i;

	if (argc < 2)
		return usage(".");
	for (i = 2; i < argc; i++)
		list_add(&args, argv[i]);
	if (argc > 2)
		sh.args = &args;
	if (access(argv[1], F_OK) < 0 && program_find(argv[1], &path))
		exec_file(str_text(&path));
	else
		exec_file(argv[1]);
	if (sh.flow == FLOW_RETURN)
		sh.flow = FLOW_ON;
	sh.args = outer;
	list_free(&args);
	str_free(&path);
	return sh.status;
}

static int type_one(const char *name, int brief)
{
	struct str text = {0};
	int found = 1;

	if (func_get(name) && !brief) {
		str_printf(&text, "%s() ", name);
		node_print(&text, func_get(name));
		outf("%s\n", str_text(&text));
	} else if (command_inside(name)) {
		outf("%s%s\n", name, brief ? "" : " is a shell builtin");
	} else if (program_find(name, &text)) {
		outf(brief ? "%s%s%s\n" : "%s%s%s\n", brief ? "" : name, brief ? "" : " is ", str_text(&text));
	} else {
		found = 0;
	}
	str_free(&text);
	return found;
}

static int do_type(int argc, char **argv)
{
	int i, status = 0;

	for (i = 1; i < argc; i++) {
		if (type_one(argv[i], 0))
			continue;
		complain("%s: not found", argv[i]);
		status = 127;
	}
	return status;
}

/** The words from argv[1] on as a program. */
static int run_program(int argc, char **argv)
{
	struct list words = {0};
	struct job *j = job_new();
	int i, status;

	for (i = 1; i < argc; i++)
		list_add(&words, argv[i]);
	job_add(j, program_start(&words, NULL));
	status = job_wait(j);
	list_free(&words);
	return status;
}

/** There is no putting another program in the shell's place: it is started, and the shell ends with it. */
int do_exec(int argc, char **argv)
{
	int status;

	if (argc == 1)
		return 0;
	status = run_program(argc, argv);
	if (sh.flow == FLOW_ON)
		sh.flow = FLOW_EXIT;
	return status;
}

int do_run(int argc, char **argv)
{
	return argc < 2 ? usage("run") : run_program(argc, argv);
}

/** `command -v NAME` says what it is; `command NAME …` runs it though a function has its name. */
static int do_command(int argc, char **argv)
{
	const struct builtin *b;

	if (argc > 2 && !strcmp(argv[1], "-v"))
		return type_one(argv[2], 1) ? 0 : 127;
	if (argc < 2)
		return 0;
	b = builtin_get(argv[1]);
	return b ? b->run(argc - 1, argv + 1) : run_program(argc, argv);
}

static const struct builtin language[] = {
	{":", do_true, "", "does nothing, successfully", 0, 1},
	{".", do_dot, "FILE [ARG…]", "executes a file's commands in this shell", 0, 1},
	{"[", do_test, "EXPRESSION ]", "tests files, strings and numbers", 0, 0},
	{"break", do_break, "[N]", "leaves N loops", 0, 1},
	{"cd", do_cd, "[DIR]", "changes the working directory", 0, 0},
	{"command", do_command, "[-v] NAME [ARG…]", "runs a builtin or program, no function", 0, 0},
	{"continue", do_break, "[N]", "begins a loop's next round", 0, 1},
	{"echo", do_echo, "[-n] [WORD…]", "prints its words", 0, 0},
	{"eval", do_eval, "[WORD…]", "executes its words as a command", 0, 1},
	{"exec", do_exec, "[COMMAND…]", "makes redirections last, or ends the shell with a command", 0, 1},
	{"exit", do_exit, "[STATUS]", "ends the shell", 0, 1},
	{"export", do_export, "[NAME[=VALUE]…]", "hands variables to programs", 0, 1},
	{"false", do_false, "", "fails", 0, 0},
	{"fg", do_fg, "[%JOB]", "waits for a job in the foreground", 0, 0},
	{"help", do_help, "[WORD…|programs]", "says what the shell's words and the programs do", 0, 0},
	{"jobs", do_jobs, "", "lists what runs in the background", 0, 0},
	{"kill", do_kill, "[-N] PID|%JOB…", "ends processes, with status 128 + N (15)", 0, 0},
	{"local", do_local, "NAME[=VALUE]…", "makes variables a function's own", 0, 0},
	{"printf", do_printf, "FORMAT [WORD…]", "prints its words by a format", 0, 0},
	{"pwd", do_pwd, "", "prints the working directory", 0, 0},
	{"read", do_read, "[-r] NAME…", "reads a line into variables", 0, 0},
	{"readonly", do_readonly, "[NAME[=VALUE]…]", "makes variables constant", 0, 1},
	{"return", do_return, "[STATUS]", "leaves a function", 0, 1},
	{"run", do_run, "PROGRAM [ARG…]", "runs a program, though a word of the shell has its name", 0, 0},
	{"set", do_set, "[-efux] [--] [WORD…]", "sets options and $1 …, or prints the variables", 0, 1},
	{"shift", do_shift, "[N]", "drops the first N of $1 …", 0, 1},
	{"test", do_test, "EXPRESSION", "tests files, strings and numbers", 0, 0},
	{"true", do_true, "", "succeeds", 0, 0},
	{"type", do_type, "NAME…", "says what a command name means", 0, 0},
	{"unset", do_unset, "[-f] NAME…", "forgets variables or functions", 0, 1},
	{"wait", do_wait, "[PID|%JOB…]", "waits for processes to end", 0, 0},
};

void builtins_init(void)
{
	builtins_add(language, sizeof language / sizeof *language);
}

/** The words of the language, or those of the machine. */
static void help_list(int of_language)
{
	size_t i;

	for (i = 0; i < table_n; i++) {
		const struct builtin *b = table[i];
		int is_language = b >= language && b < language + sizeof language / sizeof *language;

		if (is_language == of_language)
			outf("  %-9s %s\n", b->name, builtin_text(b));
	}
}

int do_help(int argc, char **argv)
{
	int i, status = 0;

	if (argc == 1) {
		out("Frames, processes and messages:\n");
		help_list(0);
		out("The language:\n");
		help_list(1);
		out("`help WORD' tells a word's arguments.  Sizes and addresses may be 0x..., 64K, 1M; a process is "
		    "its id or its\n"
		    "name.  What makes something prints its id alone: f=$(alloc 64K).  Any other word is a program: ls "
		    "/bin\n"
		    "`help programs' tells them all.\n");
		return 0;
	}
	for (i = 1; i < argc; i++) {
		const struct builtin *b = builtin_get(argv[i]);

		if (!strcmp(argv[i], "programs")) {
			help_programs();
		} else if (b) {
			outf("%s %s\n    %s\n", b->name, b->usage, builtin_text(b));
		} else if (!help_program(argv[i])) {
			complain("help: %s: no such word or program", argv[i]);
			status = 1;
		}
	}
	return status;
}
