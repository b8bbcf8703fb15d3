/* SPDX-License-Identifier: ISC
 * The shell's own shapes: strings, the syntax tree, the state that every part shares, and what each part
 * offers the others.  Nothing here knows the kernel: what the shell asks of a machine is in sh_os.h, so
 * that the language also compiles and runs on a host. */
#ifndef SH_H
#define SH_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define SH_FDS 10 /* files that a redirection can name: 0 to 9 */

/* ---- memory (sh_mem.c): running out ends the command, by sh.flow, not the shell ---- */

/** A string that grows; s is NUL-terminated once anything was added. */
struct str {
	char *s;
	size_t n, cap;
};

/** Strings of its own, followed by a NULL once one was added. */
struct list {
	char **v;
	size_t n, cap;
};

/** Memory that is freed at once when its last holder lets it go. */
struct arena {
	struct arena_block *blocks;
	int holders;
};

/** Bytes for a struct of fixed size, never NULL: from a reserve if there are no others. */
void *mem_get(size_t n);
/** Bytes, or NULL when the command is given up for want of them. */
void *mem_try(size_t n);
/** `old`, an array of *cap things of `size` bytes, with room for n; NULL like mem_try, and old is as it was. */
void *mem_grow(void *old, size_t *cap, size_t n, size_t size);
/** A copy of n bytes with a NUL behind, or of a text; an empty one when the command is given up. */
char *mem_text(const char *s, size_t n);
char *mem_dup(const char *s);
/** Frees what any of these gave, and the text of a string. */
void mem_free(void *p);
/** Whether a command is being given up for want of memory. */
int mem_is_out(void);
/** The command that was given up has been left: goes on. */
void flow_resume(void);
/** The stack reaches `len` bytes below `base`. */
void stack_init(const void *base, size_t len);
/** Whether so little of the stack is left that nothing may recurse further. */
int stack_is_low(void);
void str_add(struct str *b, const char *s, size_t n);
void str_puts(struct str *b, const char *s);
void str_putc(struct str *b, int c);
void str_printf(struct str *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/** Its bytes, never NULL. */
const char *str_text(const struct str *b);
void str_free(struct str *b);
/** Appends s in quotes that the shell reads back as one word. */
void str_quote(struct str *b, const char *s);
/** Adds a copy of s. */
void list_add(struct list *l, const char *s);
/** Adds s itself, which the list frees from now on. */
void list_own(struct list *l, char *s);
/** Its strings with a NULL at the end, never NULL itself. */
char **list_argv(struct list *l);
/** Drops the first n. */
void list_drop(struct list *l, size_t n);
void list_sort(struct list *l, size_t from);
void list_free(struct list *l);
struct arena *arena_new(void);
void arena_hold(struct arena *a);
void arena_drop(struct arena *a);
void *arena_get(struct arena *a, size_t n); /* zeroed */
char *arena_text(struct arena *a, const char *s, size_t n);

/* ---- the syntax tree (sh_lex.c, sh_parse.c, sh_print.c) ---- */

enum node_kind {
	N_SIMPLE, /* assigns words redirs */
	N_PIPE,   /* a: its stages, linked by next */
	N_AND,    /* a && b */
	N_OR,     /* a || b */
	N_SEQ,    /* a ; b */
	N_ASYNC,  /* a & */
	N_NOT,    /* ! a */
	N_IF,     /* if a then b else c */
	N_WHILE,  /* while a do b */
	N_UNTIL,  /* until a do b */
	N_FOR,    /* for name in words do b */
	N_CASE,   /* case words in items */
	N_GROUP,  /* { a; } */
	N_SUB,    /* ( a ) */
	N_FUNC    /* name () a */
};

/** A word as it was written, quotes and all. */
struct word {
	struct word *next;
	char *text;
};

enum redir_op { R_IN, R_OUT, R_APPEND, R_INOUT, R_DUP, R_HERE, R_HERE_TABS };

struct redir {
	struct redir *next;
	int fd;
	enum redir_op op;
	char *word;          /* the file, the other descriptor, or the end mark as written */
	char *body;          /* of a here-document */
	int literal;         /* the end mark was quoted: nothing in the body is expanded */
	struct redir *waits; /* the next here-document whose body is still to be read */
};

struct case_item {
	struct case_item *next;
	struct word *patterns;
	struct node *body; /* NULL: nothing */
};

struct node {
	enum node_kind kind;
	struct node *next; /* the next stage of a pipeline */
	struct node *a, *b, *c;
	struct word *words, *assigns;
	struct redir *redirs;
	struct case_item *items;
	char *name;
	int listed;          /* for: an "in" was written */
	struct arena *arena; /* what all of this lies in */
};

enum token { T_END, T_NEWLINE, T_WORD, T_SEMI, T_AMP, T_PIPE, T_LPAREN, T_RPAREN, T_AND_IF, T_OR_IF, T_DSEMI, T_REDIR };

/** A text being read.  `more` appends the next line to it, answering 0 at the end; NULL: this is all. */
struct lex {
	struct str text;
	size_t pos;
	int (*more)(struct lex *x, int inside);
	void *data;
	struct arena *arena;
	enum token token;    /* the present one */
	char *word;          /* its text, a T_WORD's */
	struct redir *redir; /* a T_REDIR's: fd and op */
	struct redir *here;  /* here-documents whose bodies begin after the newline */
	int inside;          /* a command has begun: the end of the text would cut it */
	int failed;          /* a syntax error was reported */
};

void lex_init(struct lex *x, const char *text, size_t n);
void lex_free(struct lex *x);
/** Reads the next token into x->token. */
void lex_next(struct lex *x);
/** Makes the byte at x->pos available; 0 at the end of everything. */
int lex_fill(struct lex *x);
void lex_fail(struct lex *x, const char *what);
/** Reads the bodies of the here-documents that wait (sh_here.c). */
void lex_here(struct lex *x);
/** Past a word's part that starts with $, ` or a quote, as far as it goes (sh_span.c); quoted: in "…". */
void span_dollar(struct lex *x, int quoted);
void span_backquote(struct lex *x);
void span_single(struct lex *x);
void span_double(struct lex *x);
/** Past a backslash and what it quotes. */
void span_escape(struct lex *x);
/** How many bytes at text[0], a $, ` or ", belong together; a mistake is reported and leaves the command. */
size_t span_length(const char *text, size_t n, int quoted);

/** The next complete command: its tree, or NULL at the end, for an empty line and after a mistake
 * (x->failed, x->token T_END). */
struct node *parse_command(struct lex *x);
/** Commands up to `)` in the middle of a word: finds where they end. */
void parse_subst(struct lex *x);
int name_valid(const char *s, size_t n);
/** Appends the text that reads back as the tree. */
void node_print(struct str *b, const struct node *n);

/* ---- state ---- */

enum flow { FLOW_ON, FLOW_BREAK, FLOW_CONTINUE, FLOW_RETURN, FLOW_EXIT, FLOW_ABORT };

struct shell {
	int status;       /* $? */
	enum flow flow;   /* what the commands being executed must leave */
	int flow_n;       /* how many loops */
	int loops;        /* around the present command, in this function */
	int functions;    /* being executed */
	int condition;    /* >0: a failure here is an answer, not an error (set -e) */
	int subst_status; /* of the last command substitution, -1: none in this command */
	int interactive;
	int errexit, xtrace, nounset, noglob;
	int pid;           /* $$ */
	int last_async;    /* $! */
	char *name;        /* $0 */
	struct list *args; /* $1 … */
	int fd[SH_FDS];    /* which file stands for each number: >= 0 a real one, -1 closed, <= CAPTURE a buffer */
};
extern struct shell sh;

/* ---- variables and functions (sh_var.c) ---- */
#define VAR_EXPORT   1
#define VAR_READONLY 2

const char *var_get(const char *name); /* NULL: unset */
/** 0, or -1 for a read-only one (reported). */
int var_set(const char *name, const char *value);
int var_unset(const char *name);
void var_mark(const char *name, int flags);
/** Puts a variable aside until var_restore, in the function or command being executed. */
struct var_saved *var_save(struct var_saved *above, const char *name);
void var_restore(struct var_saved *s);
/** All variables, from above to below: a copy for a subshell, and its return. */
struct var_table *vars_push(void);
void vars_pop(struct var_table *t);
/** "NAME=value" of each exported variable. */
void vars_environ(struct list *out);
void vars_import(char *const *env);
/** Commands that set all variables again (only 0: all, else those marked so). */
void vars_print(struct str *b, int only);
struct node *func_get(const char *name);
void func_set(const char *name, struct node *body); /* NULL: unset */
void funcs_print(struct str *b);
/** Adds every name that begins with `start`. */
void vars_match(const char *start, struct list *out);
void funcs_match(const char *start, struct list *out);

/* ---- numbers (sh_number.c) ---- */
#define SECONDS_MAX 2000000000 /* that a word can wait for: 63 years */

/** All of s[0..n) as a decimal number with or without a sign; 0 unless it is one that fits. */
int number_parse(const char *s, size_t n, int64_t *out);
/** The digits at *at, 0x… or 0… as in C; *at moves behind them.  0 unless there are any and they fit. */
int number_digits(const char **at, const char *end, uint64_t *out);
/** All of s as seconds, with or without a fraction; 0 unless that is what it is. */
int number_seconds(const char *s, int64_t *ns);

/* ---- words (sh_expand.c, sh_param.c, sh_arith.c, sh_match.c, sh_glob.c) ---- */

/** Marks of the bytes of an expansion. */
#define M_LITERAL 0 /* as written: may be a pattern */
#define M_QUOTED  1 /* means itself */
#define M_SPLIT   2 /* came out of an expansion: is split at $IFS, may be a pattern */
#define M_BREAK   3 /* no byte: the next field begins */
#define M_HERE    4 /* no byte: there is a field, even if an empty one */

struct expansion {
	struct str text, mark; /* as many of the one as of the other */
};

/** Expands a word into fields. */
void expand_word(const char *text, struct list *out);
void expand_words(const struct word *w, struct list *out);
/** Expands to one string without splitting or file names; to be freed. */
char *expand_string(const char *text);
/** The same as a pattern, in which quoted bytes are escaped. */
char *expand_pattern(const char *text);
/** The body of a here-document: $ and ` only. */
char *expand_here(const char *text);
/** Appends the expansion of text: quoted says whether it stands in double quotes. */
void expand_into(struct expansion *e, const char *text, size_t n, int quoted);
void expansion_add(struct expansion *e, const char *s, size_t n, int mark);
void expansion_free(struct expansion *e);
char *expansion_pattern(const struct expansion *e, size_t from, size_t to);
/** A $ at text[0]: appends what it stands for, answers how many bytes it took. */
size_t expand_dollar(struct expansion *e, const char *text, size_t n, int quoted);
/** Reports a mistake in an expansion and leaves the command. */
void expand_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/** Leaves the command, with status 2. */
void flow_fail(void);
/** What a parameter is worth: 0 if it is unset. */
int param_get(const char *name, size_t n, struct str *out);
/** Appends $@ or $* as fields. */
void param_all(struct expansion *e, int star, int quoted);
/** The inside of ${…}. */
void param_brace(struct expansion *e, const char *text, size_t n, int quoted);
/** Runs commands and appends what they printed, without the last newlines. */
void subst_run(struct str *out, const char *text, size_t n);
/** The value of an expression; 0 and expand_fail for a mistake. */
int64_t arith_eval(const char *text);
/** Whether all of s fits a pattern: * ? […] and \ */
int match(const char *pattern, const char *s);
/** 1 if an unescaped * ? or [ stands in it. */
int match_special(const char *pattern);
/** Adds, sorted, the files that fit; answers how many. */
size_t glob_add(const char *pattern, struct list *out);

/* ---- files (sh_redir.c, sh_out.c) ---- */
#define CAPTURE (-10) /* and below: sh.fd of output that a substitution collects */

struct redir_saved {
	int fd[SH_FDS];
	int *opened; /* real files, to be closed */
	size_t n, cap;
};

/** Makes redirections, keeping what was.  -1 after reporting what failed (nothing is changed then). */
int redir_make(const struct redir *r, struct redir_saved *s);
void redir_undo(struct redir_saved *s);
/** Makes them last. */
void redir_keep(struct redir_saved *s);
/** A new empty file to write and read, -1 with errno. */
int temp_file(void);
/** Begins and ends the collecting of output, which goes to the number that the beginning answers. */
int capture_begin(void);
void capture_end(int fd, struct str *out);
/** The real file behind sh.fd[i] for a program that is started: -1 closed. */
int real_fd(int fd);
/** Standard output of builtins; it is buffered until out_flush. */
void out(const char *s);
void out_n(const char *s, size_t n);
void outf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/** -1 if something could not be written (since the last call). */
int out_flush(void);
/** "sh: …" and a newline on standard error. */
void complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void err_text(const char *s);
/** Writes all of it to a file of the shell; -1 with errno. */
int write_all(int fd, const char *s, size_t n);
/** All that can be read from a real file. 0, or -1 with errno. */
int read_all(int fd, struct str *out);
/** A line without its newline, from sh.fd[0]; 0 at the end. */
int read_line(struct str *line);

/* ---- execution (sh_exec.c, sh_call.c, sh_pipe.c, sh_job.c) ---- */

/** Executes a tree; its status, which is also $?. */
int exec_node(struct node *n);
/** Reads and executes commands to the end of the text. */
int exec_text(const char *text, size_t n);
int exec_file(const char *path);
/** Executes the tree; leaving it by exit ends only it. */
int exec_confined(struct node *n);
/** ( … ): nothing that it changes stays. */
int exec_subshell(struct node *n);
/** The same around anything: begins and ends it. */
struct subshell *subshell_enter(void);
void subshell_leave(struct subshell *s);
int exec_pipe(struct node *n, int async);
/** Starts the tree and goes on. */
int exec_async(struct node *n);
int exec_simple(struct node *n);
/** A simple command whose words are expanded already. */
int exec_command(struct node *n, struct list *words);
/** 1 if the command runs in the shell itself: a builtin or a function. */
int command_inside(const char *name);
/** Sets $? and, with set -e, leaves the shell for a failure. */
int status_set(int status);
/** Starts a program with the shell's present files; its pid, or -126, -127 (reported). */
int program_start(struct list *words, const struct word *assigns);
/** The file that a command name means; 0 if there is none. */
int program_find(const char *name, struct str *path);

/* ---- what programs do (sh_programs.c) ---- */

/** Prints every program that $PATH finds, with what it does.  The status. */
int help_programs(void);
/** The same of one; 0: there is none. */
int help_program(const char *name);

struct job;
struct job *job_new(void);
/** Adds a process; one below 0 was never started and has ended with the status -pid. */
void job_add(struct job *j, int pid);
/** Waits for all of it; answers the status of the process added last. */
int job_wait(struct job *j);
/** Keeps a job that runs in the background, under the text. */
void job_keep(struct job *j, const char *text);
/** Takes note of an event that somebody else received; 1 if it interrupts. */
struct os_event;
int event_note(const struct os_event *ev);
/** Says which jobs have ended, once each. */
void jobs_report(void);
/** Takes note of what happened since, without waiting; an interruption sets sh.flow. */
void jobs_poll(void);
/** Ends what ended programs have left behind; no job, and no process that was built by hand. */
void jobs_end_strays(void);
/** For loops that may be long: whether they must be left.  Looks for Ctrl-C every now and then. */
int busy(void);

/* ---- builtins ---- */
struct builtin {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *usage; /* its arguments */
	const char *text;  /* a sentence; NULL: that of the call */
	int call;          /* CALL_… whose sentence it is */
	int special;       /* what is assigned before it stays */
};

void builtins_add(const struct builtin *table, size_t n);
const struct builtin *builtin_get(const char *name);
void builtins_match(const char *start, struct list *out);
void builtins_init(void); /* those of the language */
/** A whole number argument from 0 to 2^31 - 1; -1 after reporting that it is none. */
int number_arg(const char *word, const char *text);
/** "usage: …" for the builtin; 2. */
int usage(const char *name);

int do_test(int argc, char **argv);
int do_printf(int argc, char **argv);
int do_echo(int argc, char **argv);
int do_help(int argc, char **argv);
int do_exec(int argc, char **argv);
int do_run(int argc, char **argv);
int do_pwd(int argc, char **argv);
int do_jobs(int argc, char **argv);
int do_wait(int argc, char **argv);
int do_kill(int argc, char **argv);
int do_fg(int argc, char **argv);
int do_set(int argc, char **argv);
int do_export(int argc, char **argv);
int do_readonly(int argc, char **argv);
int do_unset(int argc, char **argv);
int do_local(int argc, char **argv);
int do_shift(int argc, char **argv);
int do_read(int argc, char **argv);
void locals_drop(struct var_saved *from);
extern struct var_saved *locals; /* of the functions being executed */

/* ---- the line editor (sh_line.c, sh_key.c, sh_complete.c): knows only bytes ---- */
struct line {
	int (*get)(void);                     /* the next byte from the terminal, -1 at the end */
	void (*put)(const char *s, size_t n); /* bytes to the terminal */
	size_t (*ahead)(const char **s);      /* bytes that get would give without waiting; NULL: not known */
	/** Adds what the word that ends at `at` may become, whole; answers where it begins. */
	size_t (*complete)(const char *text, size_t at, struct list *out);
	struct list history;
	size_t history_len; /* bytes */
	const char *prompt;
	size_t prompt_columns;
	struct str text;
	size_t at;      /* the cursor, a byte of the text */
	size_t left;    /* the first byte shown */
	size_t columns; /* of the terminal */
	size_t recall;  /* which line of the history is shown; history.n: the new one */
	char *fresh;    /* the new one, put aside */
	int tabs;       /* in a row */
};

#define LINE_MORE 2 /* of a key: the line goes on */
#define LINE_OK   1
#define LINE_END  0
#define LINE_INTR (-1)

/** Lets the user edit a line; LINE_…, the text in l->text without a newline. */
int line_edit(struct line *l, const char *prompt);
/** Adds a line to the history unless it is empty or repeats the last. */
void line_remember(struct line *l, const char *text);
void line_show(struct line *l);
/** Puts the cursor to a byte of the text. */
void line_move(struct line *l, size_t at);
void line_insert(struct line *l, const char *s, size_t n);
void line_erase(struct line *l, size_t from, size_t to);
/** Acts on one key; LINE_…. */
int line_key(struct line *l, int c);
/** The character before or after a byte of the text, as UTF-8 has it. */
size_t line_before(const struct line *l, size_t at);
size_t line_after(const struct line *l, size_t at);
/** Shows the line `step` away in the history. */
void line_recall(struct line *l, int step);
void line_tab(struct line *l);
size_t complete_word(const char *text, size_t at, struct list *out);

#endif
