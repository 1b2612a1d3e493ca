// SPDX-License-Identifier: GPL-2.0
/*
 * load - trees out of files
 *
 * Each function returns NULL, or what is wrong. Names and data of a blob stay in
 * the blob, which must outlive the tree.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tree.h"

#define LOAD_SIZE_MAX	(64u << 20)

/*
 * What dtc takes in names beside letters and digits; and the kernel puts a "#" into
 * the second of two names that are the same. They go into sources, scripts and xl's
 * lines as they are: none of these ends a line, a string or a comment there.
 */
#define LOAD_NODE	",._+-@#"
#define LOAD_PROPERTY	",._+-@#*?"

static const char *load_name(const char *name, const char *others)
{
	const char *at = name;

	while (isalnum((unsigned char)*at) || (*at && strchr(others, *at)))
		at++;
	return at > name && !*at ? NULL : "a name in it is none that dtc takes";
}

static const char *load_properties(struct tree *tree, struct tree_node *node,
				   const void *blob, int offset)
{
	const char *name, *wrong;
	const void *data;
	int at, len;

	fdt_for_each_property_offset(at, blob, offset) {
		data = fdt_getprop_by_offset(blob, at, &name, &len);
		if (!data)
			return fdt_strerror(len);
		wrong = load_name(name, LOAD_PROPERTY);
		if (wrong)
			return wrong;
		if (tree_property(node, name))
			return pool_text(tree->pool, "%s has two properties %s", node->path, name);
		tree_add_property(tree, node, name, data, len);
	}
	return at == -FDT_ERR_NOTFOUND ? NULL : fdt_strerror(at);
}

/* The new node of that name, or NULL, and *@wrong. */
static struct tree_node *load_node(struct tree *tree, struct tree_node *parent,
				   const char *name, const char **wrong)
{
	*wrong = parent ? load_name(name, LOAD_NODE) : NULL;
	if (!*wrong && parent && tree_child(parent, name))
		*wrong = pool_text(tree->pool, "%s has two nodes %s", parent->path, name);
	return *wrong ? NULL : tree_add(tree, parent, name);
}

const char *tree_from_blob(struct tree *tree, struct pool *pool,
			   const void *blob, size_t size)
{
	struct tree_node *at[TREE_DEPTH_MAX] = { };
	int offset, depth = 0, err;
	const char *wrong, *name;

	memset(tree, 0, sizeof(*tree));
	tree->pool = pool;
	if (size < FDT_V1_SIZE || fdt_check_header(blob))
		return "it is no device tree";
	err = fdt_check_full(blob, size);
	if (err)
		return fdt_strerror(err);
	for (offset = 0; offset >= 0 && depth >= 0;
	     offset = fdt_next_node(blob, offset, &depth)) {
		if (depth >= TREE_DEPTH_MAX)
			return "its nodes are nested too deeply";
		name = fdt_get_name(blob, offset, &err);
		if (!name)
			return fdt_strerror(err);
		at[depth] = load_node(tree, depth ? at[depth - 1] : NULL, name, &wrong);
		if (wrong)
			return wrong;
		wrong = load_properties(tree, at[depth], blob, offset);
		if (wrong)
			return wrong;
	}
	if (offset < 0 && offset != -FDT_ERR_NOTFOUND)
		return fdt_strerror(offset);
	return tree_finish(tree);
}

/* The whole of @fd, which need not know its size. */
static const char *load_all(struct pool *pool, int fd, u8 **data, size_t *size)
{
	size_t room = 4096;
	ssize_t got;
	u8 *grown;

	*data = pool_take(pool, room);
	*size = 0;
	while ((got = read(fd, *data + *size, room - *size)) > 0) {
		*size += got;
		if (*size > LOAD_SIZE_MAX)
			return "it is too large";
		if (*size < room)
			continue;
		grown = pool_take(pool, room * 2);
		memcpy(grown, *data, *size);
		*data = grown;
		room *= 2;
	}
	return got ? strerror(errno) : NULL;
}

static const char *load_file(struct pool *pool, int dir, const char *file,
			     u8 **data, size_t *size)
{
	const char *wrong;
	int fd = openat(dir, file, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return strerror(errno);
	wrong = load_all(pool, fd, data, size);
	close(fd);
	return wrong;
}

const char *tree_from_file(struct tree *tree, struct pool *pool,
			   const char *file)
{
	const char *wrong;
	size_t size;
	u8 *data;

	wrong = load_file(pool, AT_FDCWD, file, &data, &size);
	return wrong ?: tree_from_blob(tree, pool, data, size);
}

static const char *load_directory(struct tree *tree, struct tree_node *parent,
				  const char *name, int dir);

/* One entry: a directory is a node, a file is a property. */
static const char *load_entry(struct tree *tree, struct tree_node *node,
			      int dir, const char *entry)
{
	const char *name = pool_text(tree->pool, "%s", entry), *wrong;
	struct stat stat;
	size_t size;
	u8 *data;

	if (fstatat(dir, name, &stat, AT_SYMLINK_NOFOLLOW))
		return strerror(errno);
	wrong = load_name(name, S_ISDIR(stat.st_mode) ? LOAD_NODE : LOAD_PROPERTY);
	if (wrong)
		return wrong;
	if (S_ISDIR(stat.st_mode))
		return load_directory(tree, node, name, dir);
	if (!S_ISREG(stat.st_mode))
		return NULL;
	wrong = load_file(tree->pool, dir, name, &data, &size);
	if (!wrong)
		tree_add_property(tree, node, name, data, size);
	return wrong;
}

static const char *load_directory(struct tree *tree, struct tree_node *parent,
				  const char *name, int dir)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC), count, i;
	const char *wrong = NULL;
	struct dirent **entries;
	struct tree_node *node;

	if (fd < 0)
		return strerror(errno);
	node = tree_add(tree, parent, parent ? name : "");
	if (node->depth >= TREE_DEPTH_MAX) {
		close(fd);
		return "its nodes are nested too deeply";
	}
	count = scandirat(fd, ".", &entries, NULL, alphasort);
	if (count < 0)
		wrong = strerror(errno);
	for (i = 0; i < count; i++) {
		if (!wrong && strcmp(entries[i]->d_name, ".") &&
		    strcmp(entries[i]->d_name, ".."))
			wrong = load_entry(tree, node, fd, entries[i]->d_name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	close(fd);
	return wrong;
}

const char *tree_from_directory(struct tree *tree, struct pool *pool,
				const char *directory)
{
	const char *wrong;

	memset(tree, 0, sizeof(*tree));
	tree->pool = pool;
	wrong = load_directory(tree, NULL, directory, AT_FDCWD);
	return wrong ?: tree_finish(tree);
}
