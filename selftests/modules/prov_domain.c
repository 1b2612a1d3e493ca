// SPDX-License-Identifier: GPL-2.0
/* prov_domain - power domains */
#include <linux/pm_domain.h>

#include "provider.h"

static unsigned int domain_number(struct generic_pm_domain *domain)
{
	return container_of(domain, struct provider_domain, domain)->number;
}

static int provider_domain_on(struct generic_pm_domain *domain)
{
	diary_write("domain", domain_number(domain), "on");
	return 0;
}

static int provider_domain_off(struct generic_pm_domain *domain)
{
	diary_write("domain", domain_number(domain), "off");
	return 0;
}

static void provider_remove_domain(void *domain)
{
	pm_genpd_remove(domain);
}

static void provider_forget_domains(void *node)
{
	of_genpd_del_provider(node);
}

int provider_add_domains(struct device *dev, struct provider *provider)
{
	static const char * const names[PROVIDER_COUNT] = {
		"provider-domain0", "provider-domain1", "provider-domain2",
	};
	unsigned int i;
	int err;

	for (i = 0; i < PROVIDER_COUNT; i++) {
		provider->domains[i].number = i;
		provider->domains[i].domain.name = names[i];
		provider->domains[i].domain.power_on = provider_domain_on;
		provider->domains[i].domain.power_off = provider_domain_off;
		err = pm_genpd_init(&provider->domains[i].domain, NULL, true) ?:
		      devm_add_action_or_reset(dev, provider_remove_domain,
					       &provider->domains[i].domain);
		if (err)
			return err;
		provider->domain_list[i] = &provider->domains[i].domain;
	}
	provider->domain_data.domains = provider->domain_list;
	provider->domain_data.num_domains = PROVIDER_COUNT;
	return of_genpd_add_provider_onecell(dev->of_node, &provider->domain_data) ?:
	       devm_add_action_or_reset(dev, provider_forget_domains, dev->of_node);
}
