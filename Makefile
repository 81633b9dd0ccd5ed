# Two commands matter: `make run` and `make test`. The work is in infra/local; this file only names it.
PYTHON ?= python3
LOCAL = @exec $(PYTHON) -m infra.local
export CMD

.PHONY: help run test faults demo check exec lock bench surge messages clean

help:      ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

run:       ## everything on this machine: database, broker, documents, web, worker, beat; Ctrl-C stops it
	$(LOCAL) run

test:      ## everything the continuous integration runs, on servers of its own
	$(LOCAL) test

faults:    ## the tests of faults in their long form, with servers of their own that are killed; seven to thirty minutes on two processors
	$(LOCAL) faults

check:     ## the fast part of `make test`: style, types, imports, templates, migrations
	$(LOCAL) check

demo:      ## plays the Grenoble call from draft to award; papers land in var/demo
	$(LOCAL) demo

exec:      ## any command inside the local stack: make exec CMD='python manage.py shell'
	$(LOCAL) exec

bench:     ## the load scripts of infra/bench, on a database of their own
	$(LOCAL) bench

surge:     ## everybody submits in the last minute: nothing is lost, doubled or misdated; SURGE='--rate 20 --seconds 10'
	$(LOCAL) surge

messages:  ## gathers the sentences to translate into locale/
	$(LOCAL) messages

lock:      ## turns requirements/*.in into hashed requirements/*.txt
	$(LOCAL) lock

clean:     ## stops what runs here and removes var/ and the virtual environments
	$(LOCAL) clean
