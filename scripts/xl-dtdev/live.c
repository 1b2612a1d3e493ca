// SPDX-License-Identifier: GPL-2.0
/*
 * live - attributes, the kernel's messages, other programs
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/kernel.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "live.h"

#define CLASS		"/sys/class/xen-dtdev"
#define LOG_READ_ALL	3
#define LOG_SIZE	10

/* All that comes from @fd, as text. */
static char *live_all(struct pool *pool, int fd)
{
	size_t room = 4096, len = 0;
	char *text = pool_take(pool, room), *grown;
	ssize_t got;

	while ((got = read(fd, text + len, room - 1 - len)) > 0) {
		len += got;
		if (len < room - 1)
			continue;
		grown = pool_take(pool, room * 2);
		memcpy(grown, text, len);
		text = grown;
		room *= 2;
	}
	text[len] = '\0';
	return text;
}

/* NULL if it cannot be read. */
char *live_read(struct pool *pool, const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	char *text;

	if (fd < 0)
		return NULL;
	text = live_all(pool, fd);
	close(fd);
	return text;
}

/* What @file says to who has written @question; NULL if it cannot be asked. */
char *live_answer(struct pool *pool, const char *file, const char *question)
{
	int fd = open(file, O_RDWR | O_CLOEXEC);
	char *text = NULL;

	if (fd < 0)
		return NULL;
	if (write(fd, question, strlen(question)) >= 0)
		text = live_all(pool, fd);
	close(fd);
	return text;
}

/* The driver that a device of the tree has in dom0, or NULL. */
const char *live_driver(struct pool *pool, const char *device)
{
	static const char *const buses[] = { "platform", "amba" };
	char link[PATH_MAX];
	ssize_t len;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(buses); i++) {
		len = readlink(pool_text(pool, "/sys/bus/%s/devices/%s/driver", buses[i], device),
			       link, sizeof(link) - 1);
		if (len < 0)
			continue;
		link[len] = '\0';
		return pool_text(pool, "%s", strrchr(link, '/') ? strrchr(link, '/') + 1 : link);
	}
	return NULL;
}

/* Cuts the first line off *@text; NULL at the end. */
char *live_next_line(char **text)
{
	char *line = *text;

	if (!*line)
		return NULL;
	*text += strcspn(line, "\n");
	if (**text)
		*(*text)++ = '\0';
	return line;
}

/* Runs a program. Returns what it prints; NULL if it is not there or fails. */
const char *live_output(struct pool *pool, const char *const argv[])
{
	int ends[2], status;
	const char *text;
	pid_t pid;

	fflush(NULL);
	if (pipe2(ends, O_CLOEXEC))
		die("no pipe: %s", strerror(errno));
	pid = fork();
	if (pid < 0)
		die("no process: %s", strerror(errno));
	if (!pid) {
		dup2(ends[1], STDOUT_FILENO);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	close(ends[1]);
	text = live_all(pool, ends[0]);
	close(ends[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) && !WEXITSTATUS(status) ? text : NULL;
}

void live_load_module(void)
{
	static const char *const modprobe[] = { "modprobe", "xen-dtdev", NULL };
	struct pool pool = { };
	struct stat stat_buf;
	const char *loaded = "";

	if (stat(LIVE_DRIVER, &stat_buf))
		loaded = live_output(&pool, modprobe);
	if (!loaded)
		die("the module xen-dtdev does not load: is this dom0?");
	pool_free(&pool);
}

/* The directory of a node that is taken; NULL if it is not. */
const char *live_directory(struct pool *pool, const char *path)
{
	DIR *class = opendir(CLASS);
	struct dirent *entry;
	const char *dir = NULL;
	char *text;

	while (class && !dir && (entry = readdir(class))) {
		if (entry->d_name[0] == '.')
			continue;
		text = live_read(pool, pool_text(pool, CLASS "/%s/path", entry->d_name));
		if (text && !strcmp(live_next_line(&text) ?: "", path))
			dir = pool_text(pool, CLASS "/%s", entry->d_name);
	}
	if (class)
		closedir(class);
	return dir;
}

/* Is it a line of the kernel's log, behind level and time, that is ours? */
static char *live_is_ours(char *line)
{
	char *at = line;

	if (*at == '<')
		at += strcspn(at, ">") + 1;
	/* The time, and on some kernels who says it. */
	while (*at == '[')
		at += strcspn(at, "]") + 1;
	at += strspn(at, " ");
	return !strncmp(at, "xen-dtdev:", 10) || !strncmp(at, "xen-dtdev ", 10) ? at : NULL;
}

/*
 * Our lines in the kernel's log from number *@count on, which becomes how many there
 * are, with "; " between them.
 */
static const char *live_log(struct pool *pool, u32 *count)
{
	int size = klogctl(LOG_SIZE, NULL, 0), got;
	char *text, *line;
	const char *said = "";
	u32 number = 0;

	if (size <= 0)
		return said;
	text = pool_take(pool, size + 1);
	got = klogctl(LOG_READ_ALL, text, size);
	text[got < 0 ? 0 : got] = '\0';
	while ((line = live_next_line(&text))) {
		line = live_is_ours(line);
		if (line && number++ >= *count)
			said = pool_text(pool, "%s%s%s", said, *said ? "; " : "", line);
	}
	*count = number;
	return said;
}

/* Writes an attribute, or dies with the reason, as the kernel's log has it. */
void live_ask(struct pool *pool, const char *file, const char *value, const char *path)
{
	u32 before = 0xffffffff;
	const char *why;
	int fd, err;

	live_log(pool, &before);
	fd = open(file, O_WRONLY | O_CLOEXEC);
	err = fd < 0 || write(fd, value, strlen(value)) < 0 ? errno : 0;
	if (fd >= 0)
		close(fd);
	if (!err)
		return;
	why = live_log(pool, &before);
	die("%s: %s%s%s%s", path, strerror(err), *why ? " (" : "", why, *why ? ")" : "");
}
