#!/bin/sh
# A PostgreSQL 15 of the benchmark's own under DIR, as Debian's package
# postgresql installs it: ./postgres.sh DIR start, ./postgres.sh DIR stop.
# It listens on a socket in DIR, port 54329. Root runs it as the user postgres.
set -eu
dir=$1
bin=/usr/lib/postgresql/15/bin
as=""
if [ "$(id -u)" = 0 ]; then
	mkdir -p "$dir"
	chown postgres "$dir"
	as="runuser -u postgres --"
fi
if [ "$2" = stop ]; then
	exec $as $bin/pg_ctl -D "$dir/data" -m fast stop
fi
if [ ! -d "$dir/data" ]; then
	$as $bin/initdb -D "$dir/data" -A trust -U postgres
	# A fair share of a machine with 8 GB or more and a solid-state disk.
	$as sh -c "cat >> '$dir/data/postgresql.conf'" <<-CONF
		shared_buffers = 1GB
		work_mem = 256MB
		maintenance_work_mem = 512MB
		random_page_cost = 1.1
		max_wal_size = 8GB
		listen_addresses = ''
		port = 54329
		unix_socket_directories = '$dir'
	CONF
fi
exec $as $bin/pg_ctl -D "$dir/data" -l "$dir/log" -w start
