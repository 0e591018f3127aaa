# Installing, and packages made of what was installed. Obeys DESTDIR, PREFIX, LIBDIR.
INSTALL ?= install
MANDIR ?= $(DATADIR)/man
DOCDIR ?= $(DATADIR)/doc/libsettle-dev
D := $(DESTDIR)
# What those read who call the library or maintain a home; the rest of docs/ is for those who change it.
USER_DOCS := vendors json mapping packs pathways policy new-region checks atlas layouts traps adapters legacy

install: install-lib install-adapters install-dev install-tools

install-lib: lib
	$(INSTALL) -d $(D)$(LIBDIR)
	$(INSTALL) -m 644 $(SO) $(D)$(LIBDIR)/
	ln -sf $(notdir $(SO)) $(D)$(LIBDIR)/$(SONAME)

install-adapters: modules $(BUILD)/install/settle_legacy.so
	$(INSTALL) -d $(D)$(LIBDIR)/settle/adapters
	$(INSTALL) -m 644 $(LAYOUTS) $(D)$(LIBDIR)/settle/adapters/
	$(INSTALL) -m 644 $(MODULES) $(D)$(LIBDIR)/settle/adapters/
	$(INSTALL) -m 644 $(BUILD)/install/settle_legacy.so $(D)$(LIBDIR)/settle/

install-dev: lib
	$(INSTALL) -d $(D)$(PREFIX)/include/settle $(D)$(LIBDIR)/pkgconfig $(D)$(DATADIR)/settle/schemas \
		$(D)$(DOCDIR)/examples
	$(INSTALL) -m 644 libsettle/include/settle/*.h $(D)$(PREFIX)/include/settle/
	$(INSTALL) -m 644 $(STATIC) $(D)$(LIBDIR)/
	$(INSTALL) -d $(D)$(DOCDIR)/template
	$(INSTALL) -m 644 adapters/template/* $(D)$(DOCDIR)/template/
	sed -i 's|](\.\./\.\./docs/|](../|g' $(D)$(DOCDIR)/template/README.md
	ln -sf $(SONAME) $(D)$(LIBDIR)/libsettle.so
	sed -e 's|@PREFIX@|$(PREFIX)|g; s|@LIBDIR@|$(LIBDIR)|g; s|@VERSION@|$(VERSION)|g' \
		packaging/settle.pc.in > $(D)$(LIBDIR)/pkgconfig/settle.pc
	chmod 644 $(D)$(LIBDIR)/pkgconfig/settle.pc
	$(INSTALL) -m 644 schemas/*.xsd $(D)$(DATADIR)/settle/schemas/
	$(INSTALL) -m 644 $(USER_DOCS:%=docs/%.md) $(D)$(DOCDIR)/
	sed -i 's|](\.\./examples/|](examples/|g; s|](\.\./adapters/template|](template|g; s|\[[^]]*\](\.\./adapters/\([a-z0-9-]*\)/README.md)|adapters/\1/README.md of the source|g' $(USER_DOCS:%=$(D)$(DOCDIR)/%.md)
	$(INSTALL) -m 644 examples/*.c $(D)$(DOCDIR)/examples/
	cd examples && find new-region -type f | while read -r file; do \
		$(INSTALL) -D -m 644 "$$file" "$(abspath $(D))$(DOCDIR)/examples/$$file"; done

install-tools: cli $(BUILD)/install/settle $(BUILD)/install/settle-adapter-check
	$(INSTALL) -d $(D)$(PREFIX)/bin $(D)$(MANDIR)/man1 $(D)$(MANDIR)/man5
	$(INSTALL) -m 755 $(BUILD)/install/settle $(BUILD)/install/settle-adapter-check $(D)$(PREFIX)/bin/
	$(INSTALL) -m 644 packaging/man/*.1 $(D)$(MANDIR)/man1/
	$(INSTALL) -m 644 packaging/man/*.5 $(D)$(MANDIR)/man5/
	for mo in $(CLI_MO:$(BUILD)/share/locale/%=%); do \
		$(INSTALL) -D -m 644 $(BUILD)/share/locale/$$mo $(D)$(DATADIR)/locale/$$mo; done
	cd examples/hospital && find . -type f | while read -r file; do \
		$(INSTALL) -D -m 644 "$$file" "$(abspath $(D))$(DATADIR)/settle/example/$$file"; done

# The source as it is released: what the tree holds besides build output.
DIST := $(BUILD)/dist/libsettle-$(VERSION)
dist:
	rm -rf $(DIST) && mkdir -p $(DIST)
	tar -c --exclude='./build*' --exclude=./.git --exclude='__pycache__' . | tar -x -C $(DIST)
	tar -C $(dir $(DIST)) --sort=name --mtime=@$(EPOCH) --mode=u=rwX,go=rX --owner=0 --group=0 --numeric-owner \
		-czf $(DIST).tar.gz $(notdir $(DIST))

# The moment of the release, wherever and whenever it is built.
EPOCH = $(shell date -d "$$(sed -n 's/^ -- .*>  //p' packaging/deb/changelog | head -n 1)" +%s)
# Packages take none of the variables that this make was given.
UNSET := env -u MAKEFLAGS -u MAKEOVERRIDES -u BUILD -u DESTDIR -u PREFIX -u LIBDIR -u DATADIR -u DOCDIR -u CFLAGS -u LDFLAGS
DEB := $(BUILD)/deb
deb: dist
	rm -rf $(DEB) && mkdir -p $(DEB)
	cp -a $(DIST) $(DEB)/ && mv $(DEB)/libsettle-$(VERSION)/packaging/deb $(DEB)/libsettle-$(VERSION)/debian
	cd $(DEB)/libsettle-$(VERSION) && $(UNSET) SOURCE_DATE_EPOCH=$(EPOCH) \
		dpkg-buildpackage -b -us -uc --jobs=$(shell nproc)

RPM := $(BUILD)/rpm
rpm: dist
	rm -rf $(RPM) && mkdir -p $(RPM)/SOURCES
	cp $(DIST).tar.gz $(RPM)/SOURCES/
	$(UNSET) SOURCE_DATE_EPOCH=$(EPOCH) rpmbuild -bb --nodeps --define "_topdir $(abspath $(RPM))" \
		--define "_buildhost reproducible" \
		--define "use_source_date_epoch_as_buildtime 1" --define "clamp_mtime_to_source_date_epoch 1" \
		packaging/rpm/libsettle.spec

.PHONY: install install-lib install-adapters install-dev install-tools dist deb rpm
